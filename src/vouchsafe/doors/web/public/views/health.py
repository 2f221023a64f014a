"""For whatever watches over the server: is it alive, is it ready, and how much there is of what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hmac import compare_digest
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vouchsafe.desk.measures import measures

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@require_safe
def show_health(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. It asks no database, so that a database away gets nobody restarted."""
    return JsonResponse({"status": "ok"})


@require_safe
def show_ready(request: HttpRequest) -> JsonResponse:
    """Ready: 200 while the database answers, 503 while it does not. It tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "trouble", "database": False}, status=503)
    return JsonResponse({"status": "ok", "database": True})


@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's text: to whoever brings the token, or without a token to this machine alone. Else it is not there."""
    if not settings.METRICS or not _may_ask(request):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    told: Any = CollectorRegistry()
    told.register(_Counts())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # all web processes of this machine together
        requests: Any = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    else:
        requests = REGISTRY
    return HttpResponse(generate_latest(told) + generate_latest(requests), content_type=CONTENT_TYPE_LATEST)


def _may_ask(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        brought = request.headers.get("Authorization", "")
        return compare_digest(brought.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    # Behind a proxy everybody seems to come from this machine.
    if settings.BEHIND_PROXY or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _Counts:
    """What the database says at this moment; the same from whichever process is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily

        now = timezone.now()
        found = measures(now)
        outbox = GaugeMetricFamily("vouchsafe_outbox_mails", "Mails in the outbox.", labels=["state"])
        for state, n in found.outbox.items():
            outbox.add_metric([state], n)
        yield outbox
        mail_in = GaugeMetricFamily("vouchsafe_mail_in", "Mails that came in.", labels=["state"])
        for state, n in found.mail_in.items():
            mail_in.add_metric([state], n)
        yield mail_in
        waited = (now - found.oldest_due_at).total_seconds() if found.oldest_due_at else 0.0
        yield _gauge("outbox_oldest_due_seconds", "How long the mail has waited that is due longest.", waited)
        yield _gauge("reminders_due", "Reminders whose time has come.", found.reminders_due)
        if found.worker_seen_at is not None:
            seen = found.worker_seen_at.timestamp()
            yield _gauge(
                "worker_anchor_timestamp_seconds", "When a worker last wrote its hourly anchor.", seen
            )


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(f"vouchsafe_{name}", what, value=value)
