"""Whether who hosts, as the environment has it, agrees with what the database holds. Asked before serving."""

from __future__ import annotations

from django.db.models import Q

from vouchsafe.asks.models import Purpose
from vouchsafe.core.words import Refusal, msg
from vouchsafe.letters.models import Letter
from vouchsafe.people.models import Instance


class HostConflict(Refusal):
    code = "host-conflict"
    msgid = msg("VOUCHSAFE_HOST says {said}, but this data folder was set up as {kept}.")
    hint_msgid = msg("Who hosts does not change. Leave VOUCHSAFE_HOST out, or give an empty data folder.")


class WaivedOnPersonalHost(Refusal):
    code = "waived-on-personal-host"
    msgid = msg(
        "This data folder holds letters written in confidence, and a personal host can’t keep them so."
    )
    hint_msgid = msg(
        "Whoever runs the server could read them. Serve this data folder from the institution it came from."
    )


def demand_one_host(said: str) -> None:
    """Refuse to start when the environment and the data disagree. `said` is VOUCHSAFE_HOST, perhaps empty."""
    kept = Instance.objects.values_list("host", flat=True).first()
    if kept is not None and said and said != kept:
        raise HostConflict(said=said, kept=kept)
    if "personal" in (kept, said) and _holds_confidences():
        raise WaivedOnPersonalHost


def _holds_confidences() -> bool:
    return (
        Letter.objects.filter(~Q(confidentiality=Letter.Confidentiality.OPEN)).exists()
        or Purpose.objects.filter(confidentiality=Purpose.Choice.WAIVED).exists()
    )
