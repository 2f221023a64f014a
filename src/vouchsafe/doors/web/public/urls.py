from django.urls import URLPattern, URLResolver, include, path

from vouchsafe.doors.web.public.views import (
    account,
    entering,
    fresh_link,
    health,
    pages,
    programs,
    signing_in,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.show_home, name="home"),
    path("privacy/", pages.show_privacy, name="privacy"),
    path("accessibility/", pages.show_accessibility, name="accessibility"),
    path("help/", pages.show_help, name="help"),
    path("help/keys", pages.edit_keys, name="keys"),
    path("languages/", pages.show_languages, name="languages"),
    path("language", pages.edit_language, name="language"),
    path("healthz", health.show_health, name="health"),
    path("readyz", health.show_ready, name="ready"),
    path("metrics", health.show_metrics, name="metrics"),
    path("robots.txt", pages.show_robots, name="robots"),
    path(".well-known/security.txt", pages.show_security_contact, name="security_contact"),
    path("enter/<str:token>", entering.show_sign_in_link, name="enter"),
    path("invitations/<str:token>", entering.show_invitation, name="invitation"),
    path("set-up/<str:token>", entering.show_set_up, name="set_up"),
    path("fresh-link/", fresh_link.create_fresh_link, name="fresh_link"),
    path("fresh-link/asked", fresh_link.show_fresh_link_asked, name="fresh_link_asked"),
    path("account/", account.show_account, name="account"),
    path("account/export", account.show_export, name="account_export"),
    path("account/programs/", programs.create_token, name="programs"),
    path("account/programs/<slug:key>/revocation", programs.remove_token, name="program_removal"),
    path("account/leaving", account.show_leaving, name="account_leaving"),
    # Before allauth's own: pages where looking would have changed something.
    path("accounts/login/password/", signing_in.PasswordLogin.as_view(), name="password_login"),
    path("accounts/passkey/<slug:purpose>/", signing_in.create_challenge, name="passkey_challenge"),
    path("accounts/email/", signing_in.show_address, name="account_email"),
    path("accounts/2fa/totp/activate/", signing_in.AuthenticatorApp.as_view(), name="mfa_activate_totp"),
    path("accounts/", include("allauth.urls")),
]
