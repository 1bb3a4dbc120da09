"""All settings in one place. What an operator may change comes from the environment (docs/run/settings.md)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from alongside.rules.help_numbers import read_numbers

from . import texts
from .environment import flag, json_file, kept_secret, number, number_between, text, words

PACKAGE = Path(__file__).resolve().parent.parent
ALONGSIDE_HOME = Path(text("ALONGSIDE_HOME", "var")).resolve()
ALONGSIDE_KEY_FILE = Path(text("ALONGSIDE_KEY_FILE", str(ALONGSIDE_HOME / "keys" / "keyring.json")))
ALONGSIDE_KEY_COMMAND = text("ALONGSIDE_KEY_COMMAND")
ALONGSIDE_KEY_STORE_COMMAND = text("ALONGSIDE_KEY_STORE_COMMAND")
ALONGSIDE_LEDGER_FILE = Path(text("ALONGSIDE_LEDGER_FILE", str(ALONGSIDE_HOME / "erased.jsonl")))
ALONGSIDE_HEADS_TO = text("ALONGSIDE_HEADS_TO")
ALONGSIDE_ADVISORIES = text("ALONGSIDE_ADVISORIES")
ALONGSIDE_BACKUP_DAYS = number("ALONGSIDE_BACKUP_DAYS", 30)
ALONGSIDE_BACKUP_FOLDER = Path(text("ALONGSIDE_BACKUP_FOLDER")) if text("ALONGSIDE_BACKUP_FOLDER") else None
ALONGSIDE_DEMO = flag("ALONGSIDE_DEMO")
ALONGSIDE_HTTPS = flag("ALONGSIDE_HTTPS", default=not ALONGSIDE_DEMO)

DEBUG = False
SECRET_KEY = kept_secret(ALONGSIDE_HOME / "keys" / "secret_key")
ALLOWED_HOSTS = words("ALONGSIDE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if ALONGSIDE_HTTPS and host[0].isalpha()]
ROOT_URLCONF = "alongside.urls"
WSGI_APPLICATION = "alongside.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PACKAGES = ["web", "audit", "people", "privacy", "council", "workforce", "reflections", "oversight", "intake",
            "recovery", "checkins", "safety", "legal", "partners", "assessments", "skills", "connections", "calls",
            "resources", "returns", "mentoring", "referrals", "groups", "meetings", "outings", "occasions", "stories",
            "community", "matching", "website", "impact", "interop", "retention", "running"]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    *(f"alongside.{package}" for package in PACKAGES),
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "alongside.web.middleware.NoPlainFeeds",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before WhiteNoise, so that files carry the policy too
    "alongside.web.light.LightFiles",
    "alongside.web.middleware.Headers",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "alongside.web.middleware.KnownMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "alongside.web.middleware.DraftLanding",
    "alongside.web.csrf.OwnOrigin",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.people.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.people.middleware.ActorAndProgram",
    "alongside.people.support_log.SupportLog",
    "alongside.privacy.refused.RefusedTries",
    "alongside.people.second_factor.SecondFactor",
    "alongside.web.shared_cache.CacheGone",
    "alongside.web.middleware.AccessRules",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.people.context.site",
                "alongside.website.context.public",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "alongside.web.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "alongside.web.forms.Renderer"

# --- database -----------------------------------------------------------------------------------------------------
DATABASES = {
    "default": environ.Env.db_url_config(text("DATABASE_URL", f"sqlite:///{ALONGSIDE_HOME / 'alongside.sqlite3'}"))
}
# On SQLite too: opening the file and reading its schema costs more than the queries of most pages.
DATABASES["default"]["CONN_MAX_AGE"] = number("ALONGSIDE_DB_CONN_MAX_AGE", 60)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # I2: acknowledged means durable. IMMEDIATE: a writer waits at BEGIN instead of failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if most := number("ALONGSIDE_DB_POOL", 0):
        # Connections are kept by the pool, so none is kept by a thread.
        DATABASES["default"]["CONN_MAX_AGE"] = 0
        # Beside what the URL asks for: losing its sslmode would leave the wire open.
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": most, "timeout": 20}
    DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}
CACHES = {
    # F5: limits count in a store that all workers share.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": text("ALONGSIDE_REDIS_URL"),
        "OPTIONS": {
            "serializer": "alongside.web.shared_cache.PlainSerializer",
            # One that does not answer is gone: nobody waits for it.
            "socket_connect_timeout": 1,
            "socket_timeout": 1,
        },
    }
    if text("ALONGSIDE_REDIS_URL")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "alongside_cache",
        # Django's default of 300 would let a flood of other names push a counter out and start it anew.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_NAME = "__Host-l" if ALONGSIDE_HTTPS else "django_language"
LANGUAGE_COOKIE_SECURE = ALONGSIDE_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- accounts (F1-F5) ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["alongside.people.accounts.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "alongside.people.passwords.LongAndUncommon"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "alongside.people.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "alongside.people.accounts.LoginForm",
    "reset_password": "alongside.people.accounts.ResetForm",
    "reset_password_from_key": "alongside.people.accounts.forms.FromLinkForm",
    "change_password": "alongside.people.accounts.forms.ChangeForm",
    "set_password": "alongside.people.accounts.forms.FirstPasswordForm",
    "reauthenticate": "alongside.people.accounts.forms.AgainForm",
}
MFA_FORMS = {
    "authenticate": "alongside.people.accounts.forms.CodeForm",
    "reauthenticate": "alongside.people.accounts.forms.CodeAgainForm",
    "activate_totp": "alongside.people.accounts.forms.AppForm",
    "add_webauthn": "alongside.people.accounts.forms.PasskeyForm",
    "edit_webauthn": "alongside.people.accounts.forms.PasskeyNameForm",
}
# F5: they slow a guesser down, per address and per account typed; minutes later all may try again.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "partner_code": "20/m/ip,10/m/key",  # the page of a link asks before it looks: a dead one is slowed alike (A1)
    "ask_code": "20/m/ip,5/10m/key",
    "enter_code": "20/m/ip",  # an ask is over after five wrong ones
    "paper_code": "20/m/ip,5/5m/key",
    "code_again": "10/m/user",
    "manage_email": "5/5m/user",  # each sends a mail to an address that somebody typed
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ALONGSIDE_HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ALONGSIDE_HTTPS
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Side by Side"
MFA_ADAPTER = "alongside.people.accounts.MfaAdapter"
PASSWORD_RESET_TIMEOUT = 24 * 3600
STAFF_IDLE_MINUTES, STAFF_LONGEST_HOURS = 15, 12
SHARED_PHONE_IDLE_MINUTES, OWN_PHONE_DAYS = 15, 30
KNOWN_DEVICE_DAYS = 180
DEVICE_COOKIE_NAME = "__Host-d" if ALONGSIDE_HTTPS else "d"

# --- headers and cookies (E3, E7) ---------------------------------------------------------------------------------
QUICK_EXIT_URL = text("ALONGSIDE_QUICK_EXIT_URL", "https://www.weather.gov/")
QUICK_EXIT_ORIGIN = "/".join(QUICK_EXIT_URL.split("/")[:3])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, QUICK_EXIT_ORIGIN],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = (
    "alongside.people.shared_sessions" if text("ALONGSIDE_REDIS_URL") else "django.contrib.sessions.backends.db"
)
# "We asked Dante" names people: it waits on the server and ends with the session. Django's default is a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ALONGSIDE_HTTPS
SESSION_COOKIE_NAME = "__Host-s" if ALONGSIDE_HTTPS else "s"
CSRF_COOKIE_NAME = "__Host-c" if ALONGSIDE_HTTPS else "c"
CSRF_FAILURE_VIEW = "alongside.web.views.csrf_failure"
if ALONGSIDE_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = (
        ("HTTP_X_FORWARDED_PROTO", "https") if flag("ALONGSIDE_BEHIND_PROXY", default=True) else None
    )
    # Behind a proxy every request comes from one address. Limits per address (F5) need the visitor's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# The handler drops whatever is larger than this: it must be no less than the largest roster (rules.roster.limits).
# Everything else that is sent stays below the limit above; files are never written to a disk unencrypted.
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- static files and mail ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Served from the packages as they are, or from the folder where an operator collected them.
STATIC_ROOT = ALONGSIDE_HOME / "static" if (ALONGSIDE_HOME / "static").exists() else None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False
if STATIC_ROOT:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
# A3: a request only writes to the outbox; the worker sends, with this backend.
EMAIL_BACKEND = "alongside.people.outbox.QueueBackend"
OUTBOX_EMAIL_BACKEND = text("ALONGSIDE_EMAIL_BACKEND", "alongside.people.mail_files.EmailBackend")
ALONGSIDE_HOLD_WITHOUT_AGREEMENT = flag("ALONGSIDE_HOLD_WITHOUT_AGREEMENT", default=not ALONGSIDE_DEMO)
OUTBOX_TEXT_BACKEND, TEXT_URL, TEXT_AUTHORIZATION = texts.BACKEND, texts.URL, texts.AUTHORIZATION
TEXT_BODY, TEXT_FORM, TEXT_MAIL = texts.BODY, texts.FORM, texts.MAIL
TEXT_SECRET, TEXT_FIELDS = texts.SECRET, texts.FIELDS
EMAIL_FILE_PATH = ALONGSIDE_HOME / "mail"
EMAIL_HOST, EMAIL_PORT = text("ALONGSIDE_EMAIL_HOST", "localhost"), number("ALONGSIDE_EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = text("ALONGSIDE_EMAIL_USER"), text("ALONGSIDE_EMAIL_PASSWORD")
EMAIL_USE_TLS = flag("ALONGSIDE_EMAIL_TLS")
DEFAULT_FROM_EMAIL = text("ALONGSIDE_EMAIL_FROM", "Side by Side <hello@localhost>")
ALONGSIDE_URL = text("ALONGSIDE_URL", "http://localhost:8000")

# --- pages for partners who have no account (E5) ------------------------------------------------------------------
PARTNER_LINK_DAYS = number_between("ALONGSIDE_PARTNER_LINK_DAYS", 7, 1, 14)
REFERRAL_ANSWER_DAYS = number_between("ALONGSIDE_REFERRAL_ANSWER_DAYS", 5, 1, 60)
REFERRAL_FOLLOW_UP_DAYS = number_between("ALONGSIDE_REFERRAL_FOLLOW_UP_DAYS", 7, 1, 60)
PARTNER_CODE_HOURS = number_between("ALONGSIDE_PARTNER_CODE_HOURS", 72, 1, 14 * 24)

# --- whom to call in a hard moment, by country --------------------------------------------------------------------
ALONGSIDE_HELP_NUMBERS = read_numbers(json_file(text("ALONGSIDE_HELP_NUMBERS")))

# --- logs: ids only (G4) ------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"ids_only": {"()": "alongside.web.logs.IdsOnly"}},
    "formatters": {
        "line": {"()": "alongside.web.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["ids_only"]}},
    "root": {"handlers": ["stderr"], "level": text("ALONGSIDE_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
