"""Chances in words, without false precision: whole numbers out of 100, and twenty seasons."""

from __future__ import annotations

from vouchsafe.core.words import Sentence, say

SEASONS = 20
LOWEST, HIGHEST = 5, 95


def in_hundred(chance: float) -> Sentence:
    """ "85 in 100"; below 5 "under 5 in 100", above 95 "over 95 in 100".

    The ends are judged before rounding, so 95.2 is over 95 and only 95 itself is "95 in 100".
    """
    percent = 100 * chance
    if percent < LOWEST:
        return say("under 5 in 100")
    if percent > HIGHEST:
        return say("over 95 in 100")
    return say("{percent} in 100", percent=round(percent))


def in_hundred_first(chance: float) -> Sentence:
    """The same where it begins a sentence: "Over 95 in 100"."""
    percent = 100 * chance
    if percent < LOWEST:
        return say("Under 5 in 100")
    return say("Over 95 in 100") if percent > HIGHEST else in_hundred(chance)


def short(chance: float) -> Sentence:
    """The same for a table or an axis: "85", "under 5", "over 95"."""
    percent = 100 * chance
    if percent < LOWEST:
        return say("under 5")
    if percent > HIGHEST:
        return say("over 95")
    return say("{percent}", percent=round(percent))


def gain_in_points(before: float, after: float) -> Sentence:
    """What is gained between two chances, as the difference of the numbers that are shown for them.

    "+9"; "less than +1" where both round to the same; "over +1" from 94 to "over 95"; beyond an end nothing is told apart.
    """
    low, high = _end(before), _end(after)
    if low is None and high is None:
        points = round(100 * after) - round(100 * before)
        if points:
            return say("+{points}", points=points) if points > 0 else say("−{points}", points=-points)
        return say("less than +1") if after - before > 1e-9 else say("0")
    if low == high or after <= before:
        return say("hardly any") if after - before > 1e-9 else say("0")
    least = (HIGHEST if high is not None else round(100 * after)) - (
        LOWEST if low is not None else round(100 * before)
    )
    return say("over +{points}", points=least) if least else say("less than +5")


def _end(chance: float) -> int | None:
    """Which end of the scale a chance lies beyond, if any: there no number is shown."""
    if 100 * chance < LOWEST:
        return LOWEST
    return HIGHEST if 100 * chance > HIGHEST else None


def seasons(chance: float) -> int:
    """Of twenty seasons like this one, in how many enough letters come: 17 for .85.

    Neither 0 nor 20 is shown while the outcome is open.
    """
    if chance <= 0 or chance >= 1:
        return SEASONS if chance >= 1 else 0
    return min(SEASONS - 1, max(1, round(SEASONS * chance)))


def in_seasons(chance: float) -> Sentence:
    """The sentence under the twenty envelopes."""
    return say(
        "{full} of {all} seasons like this one bring enough letters in time.",
        full=seasons(chance),
        all=SEASONS,
    )
