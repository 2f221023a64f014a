"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vouchsafe.config.settings")
application = get_wsgi_application()

from vouchsafe.ledger.patience import WEB_SECONDS, give_up_after  # noqa: E402 - Django is set up by now

give_up_after(WEB_SECONDS)
