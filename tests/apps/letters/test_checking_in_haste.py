"""A machine too busy to read a signature in time accuses no letter, and believes none that was changed."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.adapters.pdf import processes
from vouchsafe.core.sealing.verdict import Outcome, SignatureState
from vouchsafe.desk.verifying import check_file
from vouchsafe.packets.actions.read_letter import read_letter


def test_signature_that_could_not_be_read_in_time_speaks_neither_for_nor_against(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_opportunity(cast.ada, deadline_on=None)
    seal = make_sealed(cast.ben, place)
    reader = make_reader(make_packet_of(seal, opportunity=place))
    data = read_letter(reader=reader, seal=seal, what="downloaded", now=timezone.now())
    monkeypatch.setattr(processes, "WALL_SECONDS", 0)
    genuine, changed = check_file(data).verdict, check_file(data + b"%").verdict
    assert (genuine.outcome, genuine.signature.state) == (Outcome.GENUINE, SignatureState.NOT_CHECKED)
    assert (changed.outcome, changed.signature.state) == (Outcome.CHANGED, SignatureState.NOT_CHECKED)
