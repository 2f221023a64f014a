"""A small real name server on loopback, for tests: it answers from a table, over UDP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[tuple[str, str], Sequence[str]]


class NameServer:
    """`with NameServer({("example.org", "TXT"): ['"v=spf1 -all"']}) as address:` answers until the block ends."""

    def __init__(self, records: Records) -> None:
        self.records = {(name.rstrip(".").lower(), kind): rows for (name, kind), rows in records.items()}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._socket.getsockname())  # an empty packet ends it
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            packet, sender = self._socket.recvfrom(4096)
            if not packet:
                return
            query = dns.message.from_wire(packet)
            self._socket.sendto(self._answer(query).to_wire(), sender)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        (question,) = query.question
        answer = dns.message.make_response(query)
        name = question.name.to_text(omit_final_dot=True).lower()
        rows = self.records.get((name, dns.rdatatype.to_text(question.rdtype)))
        if rows:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", question.rdtype, *rows))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
