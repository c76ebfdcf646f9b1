"""The one catalogue of sentences, in Dutch and English; screen, paper and command line speak through `Words`.

How to add a sentence stands at the top of `docs/words.md`.
"""

from indsteer.words.catalogue import Language
from indsteer.words.pseudo import is_pseudo, strays
from indsteer.words.speaker import Words

__all__ = ["Language", "Words", "is_pseudo", "strays"]
