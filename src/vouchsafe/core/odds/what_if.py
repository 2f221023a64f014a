"""What the odds would be: if somebody says no, and where a yes does more harm than good."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vouchsafe.core.odds.outlook import final_odds
from vouchsafe.core.odds.scenario import Known, Link, Scenario, Slot
from vouchsafe.core.words import Sentence, say

WORTH_SAYING = 0.005
"""Half a point out of 100: less is not shown anywhere else either."""


@dataclass(frozen=True, slots=True)
class IdleYes:
    """Somebody whose sure yes would lower the odds by `lost`: place `place` in the chain of slot `slot`."""

    slot: int
    place: int
    lost: float
    sentence: Sentence


def odds_if_no(scenario: Scenario, slot: int, place: int) -> float:
    """The odds if this person says no today: the next is due at once.

    Of a stand-by who has not been asked it means that they are not there to be asked.
    """
    chain = scenario.slots[slot].chain
    link = chain[place]
    if link.known is not None:
        refused = replace(link.known, answer="no", answered_on=scenario.today, letter_on=None)
        chain = _with(chain, place, replace(link, known=refused))
    elif place == 0:
        chain = _with(chain, place, replace(link, known=Known(scenario.today, "no", scenario.today)))
    else:
        chain = (*chain[:place], *chain[place + 1 :])
    return final_odds(_with_chain(scenario, slot, chain))


def idle_yeses(scenario: Scenario) -> tuple[IdleYes, ...]:
    """Everybody whose likelier yes lowers the odds, in the order of the slots and their chains.

    A yes in time ends a chain, so a ready yes from somebody who seldom writes keeps better stand-bys
    from being asked. The last of a chain keeps nobody, and an answer that is known cannot change.
    """
    now = final_odds(scenario)
    found = []
    for i, slot in enumerate(scenario.slots):
        for j, link in enumerate(slot.chain[:-1]):
            if link.known is not None and (link.known.answer or link.known.letter_on):
                continue
            sure = _with_chain(scenario, i, _with(slot.chain, j, replace(link, p=1.0)))
            lost = now - final_odds(sure)
            if lost >= WORTH_SAYING:
                found.append(IdleYes(i, j, lost, _idle()))
    return tuple(found)


def _idle() -> Sentence:
    return say(
        "A yes here lowers the odds: letters promised by this person seldom come, and while you wait nobody else is asked."
    )


def _with(chain: tuple[Link, ...], place: int, link: Link) -> tuple[Link, ...]:
    return (*chain[:place], link, *chain[place + 1 :])


def _with_chain(scenario: Scenario, slot: int, chain: tuple[Link, ...]) -> Scenario:
    return replace(scenario, slots=(*scenario.slots[:slot], Slot(chain), *scenario.slots[slot + 1 :]))
