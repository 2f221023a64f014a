"""The product's own settings, on a data folder that lives as long as the test run."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="vouchsafe-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["VOUCHSAFE_DATA"] = _folder
os.environ.setdefault("VOUCHSAFE_UNDO_SECONDS", "30")
for _name in (
    "VOUCHSAFE_URL",
    "VOUCHSAFE_SMTP_HOST",
    "VOUCHSAFE_MAIL_FROM",
    "VOUCHSAFE_SECRET_KEY",
    "VOUCHSAFE_OIDC_ISSUER",
    "VOUCHSAFE_SAML_METADATA",
):
    os.environ.pop(_name, None)

from vouchsafe.config.settings import *  # noqa: E402, F403 - the environment above comes first

DATABASES["default"].setdefault("TEST", {})  # noqa: F405 - from the settings above
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405 - from the settings above
    DATABASES["default"]["TEST"]["NAME"] = f"{_folder}/test.sqlite3"  # noqa: F405 - from the settings above
elif "procrastinate.contrib.django" not in INSTALLED_APPS:  # noqa: F405 - from the settings above
    INSTALLED_APPS.append("procrastinate.contrib.django")  # noqa: F405 - its tables, for tests that choose it
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405 - from the settings above
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # speed; passwords are not what is tested
