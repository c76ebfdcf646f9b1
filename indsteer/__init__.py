"""The core of indsteer: what steering a public service's operation means, without a screen.

No Qt, no clock, no globals. `docs/architecture.md` says which folder holds what.
"""

__version__ = "0.1.0"
