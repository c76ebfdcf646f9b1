"""Ids of record-like things: UUID version 7, so that they sort by the time they were made (RFC 9562, 5.7)."""

import os
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> str:
    """A new UUIDv7 for this moment."""
    milliseconds = int(now.timestamp() * 1000)
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & ((1 << 62) - 1)
    return str(UUID(int=value))
