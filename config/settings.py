"""All settings, read once from the environment. Names and meanings are listed in docs/operations.md."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import company, production

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("CENT_JOURS_VAR", BASE_DIR / "var"))
DEMO_KEY = "demo-key-never-for-production"


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes"}


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536):
        raise ImproperlyConfigured(f"{name} is {text!r}; give a whole number below 65536.")
    return int(text)


PRODUCTION = _flag("PRODUCTION")
DEBUG = _flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", DEMO_KEY)
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS")
FIELD_KEYS = _list("FIELD_KEYS") or [SECRET_KEY, *SECRET_KEY_FALLBACKS]
if PRODUCTION and (faults := production.faults(os.environ, debug=DEBUG, demo_key=DEMO_KEY)):
    raise ImproperlyConfigured(" ".join(faults))

PORT = _number("PORT", 8000)
BASE_URL = os.environ.get("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
# Names of one's own only: whoever chose the Host header would choose what the answers build on it.
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
NAMED = PRODUCTION or "BASE_URL" in os.environ or os.environ.get("HOST", "127.0.0.1") in (*LOOPBACK, "::1")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or ([urlsplit(BASE_URL).hostname or "", *LOOPBACK] if NAMED else ["*"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "ui",  # first: its templates go before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
    "config",
    "people",
    "notifications",
    "policies",
    "telework",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "telework.feeds.middleware.bare_feeds",
    "config.compression.CompressTexts",
    "people.middleware.kept_by_nobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.account_language",
    "people.sessions.middleware.SessionInUse",
    "people.confirming.ConfirmAgain",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.limits.TellToWait",
    "django_htmx.middleware.HtmxMiddleware",
    "config.second_factor.closed_without",
    "config.errors.tell_of_methods",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "telework.context.navigation",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'cent-jours.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will write takes its lock at the start, so that what it read stays true.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-2000; "
        "PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Attempts are counted for all processes together: in a table, or in Redis. What each process may forget is its own.
REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL and find_spec("redis") is None:
    raise ImproperlyConfigured("REDIS_URL needs the package redis (pip install redis); or leave it out.")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["people.authentication.AccountBackend"]
PASSWORD_HASHERS = ["people.passwords.Argon2"]  # one alone: Django asks the last one of the same algorithm
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.passwords.Length", "OPTIONS": {"min_length": 8}},
    {"NAME": "people.passwords.Common"},
    {"NAME": "people.passwords.Own"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "people.authentication.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = _number("TRUSTED_PROXIES", 0)
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "user_token": "people.forms.LinkOfMail",
    "change_password": "people.factor_forms.ChangePassword",
    "reauthenticate": "people.factor_forms.ConfirmPassword",
}
# Asked of whoever leads or was granted a role; the accounts of a demo open without, so that it can be tried.
SECOND_FACTOR = _flag("SECOND_FACTOR", "0" if SECRET_KEY == DEMO_KEY else "1") or PRODUCTION
MFA_ADAPTER = "people.authentication.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Nobody signs up here: addresses come from human resources, and a link by mail leaves one "unverified" for the library.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Cent Jours"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "people.factor_forms.ActivateApp",
    "authenticate": "people.factor_forms.ShowCode",
    "reauthenticate": "people.factor_forms.ConfirmCode",
    "add_webauthn": "people.factor_forms.AddPasskey",
    "authenticate_webauthn": "people.factor_forms.ShowPasskey",
    "login_webauthn": "people.factor_forms.EnterByPasskey",
    "reauthenticate_webauthn": "people.factor_forms.ConfirmPasskey",
}
# The company's own sign-in: see config/company.py for what is asked of each.
OIDC = company.oidc(os.environ, production=PRODUCTION)
SAML = company.saml(os.environ, production=PRODUCTION)

# A whole company may sit behind one address at nine o'clock; see people/limits.py for what is counted how.
ACCOUNT_RATE_LIMITS = {
    "login": "300/5m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "login_failed_everywhere": "50/h/key",
    "reset_password": "20/10m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "5/5m/user",
}
ACCOUNT_SESSION_REMEMBER = True
SESSION_ENGINE = "people.sessions"
SESSION_COOKIE_AGE = 7 * 24 * 3600  # the cookie; when a session ends stands in its row
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

API_CALLS_A_MINUTE = _number("API_CALLS_A_MINUTE", 3000)  # of one key, in each web process

RETENTION_FILE = os.environ.get("RETENTION_FILE", "")  # your own times, by class: see people/retention.toml

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [
    BASE_DIR / app / "locale" for app in ("config", "ui", "people", "notifications", "policies", "telework")
]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # No page of a neighbouring host can put a cookie of this name here (RFC 6265bis, 4.1.3.2).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = _number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"Cent Jours <cent-jours@{urlsplit(BASE_URL).hostname}>")

# Whom people write to when something does not work, and when a page cannot be used.
SUPPORT_ADDRESS = os.environ.get("SUPPORT_ADDRESS", "")
ACCESSIBILITY_CONTACT = os.environ.get("ACCESSIBILITY_CONTACT", "") or SUPPORT_ADDRESS

Q_CLUSTER = {
    "name": "cent-jours",
    "orm": "default",
    "workers": 1,
    "poll": 2,
    "timeout": 300,
    "retry": 600,
    "max_attempts": 3,
    "catch_up": False,
    "save_limit": 100,
    "label": "tasks",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{", "datefmt": "%Y-%m-%d %H:%M:%S%z"}
    },
    "filters": {"secrets": {"()": "config.redaction.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django-q": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # strangers must not fill the log with tracebacks
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# An agreement of 500 kB with its cases, sent as a form, grows by a half on the way.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# An upload stays in memory: it may hold what must not be kept, and a temporary file would keep it.
FILE_UPLOAD_HANDLERS = ["people.uploads.InMemoryOnly"]
