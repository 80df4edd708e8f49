"""What a member is told of a pair by a push, and in which words: nothing that says what it is about, but for a hello.

Everything else that is pushed because of a buddy is one more `News` here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct

from app.buddies.rules import PACE_WITHIN
from app.push.kinds import Urgency

What = Literal["message", "signal", "shared_check_in", "hello", "proposal", "agreed", "agreement_review"]
Choice = Literal["messages", "signals", "shared_check_ins", "asks", "agreements"]


class News(Struct, frozen=True, kw_only=True):
    """One kind of it: its name is that of what falls due, and of the push.

    `choice`: which of a member's choices for the pair turns it off. `says` by language, and `names` the same where
    they want the other's name on the lock screen; `{words}` are those of a hello. `leads_to`: where on the pair's page
    a tap leads. `worth`: how long it is worth showing. `pace`: of many within this time two are told, the first at once
    and the last at its end.
    """

    name: What
    choice: Choice
    says: dict[str, str]
    names: dict[str, str]
    leads_to: str = ""
    urgency: Urgency = "normal"
    worth: timedelta = timedelta(days=1)
    pace: timedelta = timedelta(0)


NEWS: Final = (
    News(
        name="message",
        choice="messages",
        says={"en": "A buddy wrote to you.", "de": "Ein Buddy hat dir geschrieben."},
        names={"en": "{name} wrote to you.", "de": "{name} hat dir geschrieben."},
    ),
    News(
        name="signal",
        choice="signals",
        says={"en": "A buddy sent you a sign.", "de": "Ein Buddy hat dir ein Zeichen geschickt."},
        names={"en": "{name} sent you a sign.", "de": "{name} hat dir ein Zeichen geschickt."},
    ),
    News(
        name="shared_check_in",
        choice="shared_check_ins",
        pace=PACE_WITHIN,
        says={"en": "A buddy shared a check-in with you.", "de": "Ein Buddy hat etwas mit dir geteilt."},
        names={"en": "{name} shared a check-in with you.", "de": "{name} hat etwas mit dir geteilt."},
    ),
    # Its writer addressed these words to this lock screen. Set off as theirs: they are not Leeward's.
    News(
        name="hello",
        choice="messages",
        says={"en": "A buddy wrote: “{words}”", "de": "Ein Buddy hat geschrieben: „{words}“"},
        names={"en": "{name} wrote: “{words}”", "de": "{name} hat geschrieben: „{words}“"},
        worth=timedelta(days=2),
    ),
    # No word of who shares what, and no hurry: it lies on the table until it suits.
    News(
        name="proposal",
        choice="agreements",
        pace=PACE_WITHIN,
        says={
            "en": "A buddy proposes an agreement. Look when it suits you.",
            "de": "Ein Buddy schlägt eine Abmachung vor. Schau, wann es dir passt.",
        },
        names={
            "en": "{name} proposes an agreement. Look when it suits you.",
            "de": "{name} schlägt eine Abmachung vor. Schau, wann es dir passt.",
        },
        leads_to="/agreement",
    ),
    News(
        name="agreed",
        choice="agreements",
        says={
            "en": "A buddy said yes. Your agreement holds now.",
            "de": "Ein Buddy hat Ja gesagt. Eure Abmachung gilt jetzt.",
        },
        names={
            "en": "{name} said yes. Your agreement holds now.",
            "de": "{name} hat Ja gesagt. Eure Abmachung gilt jetzt.",
        },
        leads_to="/agreement",
    ),
    News(
        name="agreement_review",
        choice="agreements",
        says={"en": "Time to look at an agreement again.", "de": "Zeit, eine Abmachung noch einmal anzusehen."},
        names={
            "en": "Time to look at your agreement with {name} again.",
            "de": "Zeit, deine Abmachung mit {name} noch einmal anzusehen.",
        },
    ),
)

DEFAULTS: Final[dict[Choice, bool]] = {
    "messages": True,
    "signals": True,
    "shared_check_ins": False,
    "asks": True,
    "agreements": True,
}
"""What holds for somebody who has chosen nothing."""
