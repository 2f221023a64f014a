"""The one settings file. Every value that an administrator may change is read here and documented in docs/settings.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from vouchsafe.config.env import data_folder, env, secret_key, sign_on

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = data_folder()
SECRET_KEY = secret_key(DATA_FOLDER)
DEBUG = env.bool("VOUCHSAFE_DEBUG", False)

# --- Where it is reached. Without VOUCHSAFE_URL the instance has no public address: it serves this machine only. ---
PUBLIC_URL: str | None = env.str("VOUCHSAFE_URL", "").rstrip("/") or None
PORT = env.int("VOUCHSAFE_PORT", 8000)
BASE_URL = PUBLIC_URL or f"http://localhost:{PORT}"
_address = urlsplit(BASE_URL)
if _address.scheme not in {"http", "https"} or not _address.hostname:
    raise ImproperlyConfigured(f"VOUCHSAFE_URL must look like https://letters.example.org, not {BASE_URL!r}.")
HTTPS = _address.scheme == "https"
ALLOWED_HOSTS = [_address.hostname, "localhost", "127.0.0.1", *env.list("VOUCHSAFE_OTHER_HOSTS", [])]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "vouchsafe.ledger",
    "vouchsafe.people",
    "vouchsafe.plans",
    "vouchsafe.asks",
    "vouchsafe.letters",
    "vouchsafe.packets",
    "vouchsafe.doors.web.ui",
    "vouchsafe.doors.web.public",
    "vouchsafe.doors.web.applicant",
    "vouchsafe.doors.web.writer",
    "vouchsafe.doors.web.reader",
    "vouchsafe.doors.web.office",
    "vouchsafe.doors.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vouchsafe.doors.web.ui.squeezed.Squeezed",
    "vouchsafe.doors.web.ui.headers.SafetyHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vouchsafe.doors.web.ui.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "vouchsafe.doors.web.ui.csrf.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "vouchsafe.doors.web.public.looking.LookingIsFree",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vouchsafe.doors.web.ui.surroundings.Surroundings",
    "vouchsafe.doors.web.ui.status.StatusNotes",
    "vouchsafe.doors.web.ui.refusals.Refusals",
    "vouchsafe.doors.web.reader.coming_in.WayIn",
]

ROOT_URLCONF = "vouchsafe.config.urls"
WSGI_APPLICATION = "vouchsafe.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "vouchsafe.doors.web.ui.environment.environment"},
    },
    {
        # allauth's own pages alone; their layouts and elements are restyled in doors/web/public/templates
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vouchsafe.doors.web.ui.shell.for_django_templates",
            ],
        },
    },
]

# --- Database: SQLite beside the other data, or PostgreSQL by DATABASE_URL. ---
_database_url = env.str("DATABASE_URL", "")
if _database_url:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600)}
    if "postgresql" not in str(DATABASES["default"]["ENGINE"]):
        raise ImproperlyConfigured("DATABASE_URL may name a PostgreSQL database; leave it out for SQLite.")
    # A server that does not even answer the door; one that falls silent later: ledger/patience.py
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_FOLDER / "vouchsafe.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                # FULL: an acknowledged letter survives a power cut (docs/why/sqlite-full.md)
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
                    "PRAGMA secure_delete=ON; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=27103364"
                ),
            },
        }
    }
# What wakes the workers (docs/why/engines.md). Jobs live in the database that holds the rows.
ENGINE = env.str("VOUCHSAFE_ENGINE", "embedded", validate=lambda v: v in {"embedded", "procrastinate"})
if ENGINE == "procrastinate":
    if not _database_url:
        raise ImproperlyConfigured("VOUCHSAFE_ENGINE=procrastinate needs PostgreSQL: set DATABASE_URL.")
    INSTALLED_APPS.append("procrastinate.contrib.django")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- What all processes count together: in the database, or in Redis or Valkey, which spares it the writes. ---
_cache_url = env.str("VOUCHSAFE_CACHE_URL", "")
if _cache_url and urlsplit(_cache_url).scheme not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured(
        "VOUCHSAFE_CACHE_URL must look like redis://cache.internal:6379/0; leave it out for the database."
    )
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache_url,
        "KEY_PREFIX": "vouchsafe",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if _cache_url
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "vouchsafe_cache",
        # Django's own 300 would throw counts away while they still hold: one program alone may take 120 a minute.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

# --- Where encrypted files lie: a folder beside the other data, or a bucket that several machines share. ---
_vault = urlsplit(env.str("VOUCHSAFE_VAULT", ""))
if _vault.geturl() and (_vault.scheme != "s3" or not _vault.netloc):
    raise ImproperlyConfigured(
        "VOUCHSAFE_VAULT must look like s3://bucket or s3://bucket/folder; leave it out for the data folder."
    )
VAULT_BUCKET: dict[str, str] | None = (
    {
        "name": _vault.netloc,
        "prefix": _vault.path.strip("/"),
        "endpoint": env.str("VOUCHSAFE_S3_ENDPOINT", ""),
        "region": env.str("VOUCHSAFE_S3_REGION", ""),
        "key_id": env.str("VOUCHSAFE_S3_KEY", ""),
        "secret": env.str("VOUCHSAFE_S3_SECRET", ""),
    }
    if _vault.netloc
    else None
)

# --- Sign-in (django-allauth): a code by mail or a passkey; a password if one insists. ---
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "vouchsafe.doors.web.public.coming_back.ComingBack",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "vouchsafe.doors.web.public.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "vouchsafe.doors.web.public.forms.NameForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_SIGNUP_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Leaving for a provider, and coming back from it: a whole campus may share one address.
ACCOUNT_RATE_LIMITS = {"sign_on": "300/m/ip", "sign_on_back": "300/m/ip"}
# Anyone may join an institution's instance only if it says so; else the office invites.
OPEN_SIGN_UP = env.bool("VOUCHSAFE_OPEN_SIGN_UP", False)
# Who runs the office of an instance that others can reach needs a passkey or an authenticator app.
OFFICE_SECOND_FACTOR = env.bool("VOUCHSAFE_OFFICE_SECOND_FACTOR", HTTPS)
# Answers the first question of set-up beforehand; a conflict with the database refuses to start.
HOST = env.str("VOUCHSAFE_HOST", "", validate=lambda v: v in {"", "personal", "institution"})
# --- Sign-in at an organisation's own provider, by OpenID Connect or SAML (docs/why/single-sign-on.md). None set: none offered. ---
SIGN_ON = sign_on()
MFA_ADAPTER = "vouchsafe.doors.web.public.sign_in.SecondFactorAdapter"
MFA_FORMS = {"activate_totp": "vouchsafe.doors.web.public.sign_in.AppForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Vouchsafe"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# --- Mail: every mail goes through the outbox; this names who carries it. Nothing set: caught and shown at /mailbox/. ---
SMTP_HOST = env.str("VOUCHSAFE_SMTP_HOST", "")
SMTP_PORT = env.int("VOUCHSAFE_SMTP_PORT", 587)
SMTP_USER = env.str("VOUCHSAFE_SMTP_USER", "")
SMTP_PASSWORD = env.str("VOUCHSAFE_SMTP_PASSWORD", "")
SMTP_TLS = env.str("VOUCHSAFE_SMTP_TLS", "starttls", validate=lambda v: v in {"starttls", "tls", "none"})
# A provider by its interface instead of SMTP, by its name in django-anymail; and who says what became of our mails.
MAIL_PROVIDER = env.str("VOUCHSAFE_MAIL_PROVIDER", "")
MAIL_EVENTS_PROVIDER = env.str("VOUCHSAFE_MAIL_EVENTS_PROVIDER", "")
if SMTP_HOST and MAIL_PROVIDER:
    raise ImproperlyConfigured("Set VOUCHSAFE_SMTP_HOST or VOUCHSAFE_MAIL_PROVIDER, not both.")
MAIL_FROM = env.str("VOUCHSAFE_MAIL_FROM", f"letters@{_address.hostname}")
MAIL_FROM_IS_SET = bool(env.str("VOUCHSAFE_MAIL_FROM", ""))
BOUNCES_TO = env.str("VOUCHSAFE_BOUNCES_TO", "")
# What `vouchsafe doctor` asks about the sending domain.
NAMESERVER = env.str("VOUCHSAFE_NAMESERVER", "")
DKIM_SELECTORS: list[str] = env.list("VOUCHSAFE_DKIM_SELECTORS", [])
# --- Mail that comes in: routed to our own listener, fetched by IMAP, or handed over by a provider. ---
MAIL_IN_DOMAIN = env.str("VOUCHSAFE_MAIL_IN_DOMAIN", "").lower()
MAIL_IN_ADDRESS = env.str("VOUCHSAFE_MAIL_IN_ADDRESS", "127.0.0.1")
MAIL_IN_SMTP_PORT = env.int("VOUCHSAFE_MAIL_IN_SMTP_PORT", 0)
MAIL_IN_LMTP_PORT = env.int("VOUCHSAFE_MAIL_IN_LMTP_PORT", 0)
MAIL_IN_PROVIDER = env.str("VOUCHSAFE_MAIL_IN_PROVIDER", "")
# Only what these servers write in Authentication-Results is believed about who sent a mail.
MAIL_TRUSTED_SERVERS: list[str] = env.list("VOUCHSAFE_MAIL_TRUSTED_SERVERS", [])
IMAP_HOST = env.str("VOUCHSAFE_IMAP_HOST", "")
IMAP_PORT = env.int("VOUCHSAFE_IMAP_PORT", 993)
IMAP_USER = env.str("VOUCHSAFE_IMAP_USER", "")
IMAP_PASSWORD = env.str("VOUCHSAFE_IMAP_PASSWORD", "")
IMAP_TLS = env.bool("VOUCHSAFE_IMAP_TLS", True)
IMAP_FOLDER = env.str("VOUCHSAFE_IMAP_FOLDER", "INBOX")
IMAP_DONE_FOLDER = env.str("VOUCHSAFE_IMAP_DONE_FOLDER", "")
ANYMAIL: dict[str, Any] = {
    "IGNORE_UNSUPPORTED_FEATURES": True,  # a provider that takes no metadata still takes the mail
    **dict(env.json("VOUCHSAFE_ANYMAIL", {})),
    "WEBHOOK_SECRET": env.str("VOUCHSAFE_WEBHOOK_SECRET", ""),
}
if MAIL_IN_PROVIDER and ":" not in ANYMAIL["WEBHOOK_SECRET"]:
    raise ImproperlyConfigured("VOUCHSAFE_MAIL_IN_PROVIDER needs VOUCHSAFE_WEBHOOK_SECRET, as name:password.")
EMAIL_BACKEND = "vouchsafe.doors.web.public.mail_backend.OutboxBackend"
DEFAULT_FROM_EMAIL = MAIL_FROM
# Who is told of a weakness, in /.well-known/security.txt.
TIME_SERVER = env.str(
    "VOUCHSAFE_TIME_SERVER", "", validate=lambda v: v == "" or v.startswith(("https://", "http://"))
)
SECURITY_CONTACT = env.str("VOUCHSAFE_SECURITY_CONTACT", f"mailto:{MAIL_FROM}")
UNDO_SECONDS = env.int("VOUCHSAFE_UNDO_SECONDS", 30)

# --- Safety. ---
SESSION_ENGINE = "vouchsafe.doors.web.ui.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-vouchsafe" if HTTPS else "vouchsafe"
CSRF_COOKIE_NAME = "__Host-vouchsafe-csrf" if HTTPS else "vouchsafe-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "vouchsafe.doors.web.public.views.errors.show_csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS and env.bool("VOUCHSAFE_REDIRECT_TO_HTTPS", True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
BEHIND_PROXY = env.bool("VOUCHSAFE_BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # One proxy, ours, appended the last address; whatever a visitor wrote before it is not believed.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = (
    21_000_000  # an upload is inspected in memory; nothing unchecked touches the disk
)
UPLOAD_LIMIT_BYTES = 20_000_000

# --- Words, time, files. ---
LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [PACKAGE / "locale"]
# A language is offered from the day its catalogue is complete and compiled (docs/translating.md).
LANGUAGES = [
    (code, name)
    for code, name in (("en-gb", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"))
    if code == LANGUAGE_CODE or (PACKAGE / "locale" / code / "LC_MESSAGES" / "django.mo").exists()
]
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_HTTPONLY = 60 * 60 * 24 * 365, "Lax", True
LANGUAGE_COOKIE_SECURE = HTTPS
# What English pages call whoever writes a letter (docs/why/writer-label.md).
WRITER_LABEL = env.str(
    "VOUCHSAFE_WRITER_LABEL", "writer", validate=lambda v: v in {"writer", "recommender", "referee"}
)
if WRITER_LABEL != "writer":
    LOCALE_PATHS.insert(0, PACKAGE / "locale" / "labels" / WRITER_LABEL)
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 31_536_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # the middleware is there, as our own subclass (docs/why/no-referrer.md)
]

# --- For what watches over it: numbers at /metrics, and how a line of the log looks. ---
METRICS = env.bool("VOUCHSAFE_METRICS", False)
METRICS_TOKEN = env.str(
    "VOUCHSAFE_METRICS_TOKEN", "", validate=lambda v: v == "" or len(v) >= 20
)  # else only this machine may ask
if METRICS:
    MIDDLEWARE.insert(0, "vouchsafe.doors.web.ui.durations.Durations")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "vouchsafe.config.log_lines.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "vouchsafe.config.log_lines.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.str("VOUCHSAFE_LOG_FORMAT", "line", validate=lambda v: v in {"line", "json"}),
        }
    },
    "root": {"handlers": ["console"], "level": env.str("VOUCHSAFE_LOG_LEVEL", "WARNING")},
}
