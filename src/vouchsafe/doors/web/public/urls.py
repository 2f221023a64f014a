from django.urls import URLPattern, URLResolver, include, path

from vouchsafe.doors.web.public.views import entering, home, signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("enter/<str:token>", entering.show_sign_in_link, name="enter"),
    # Before allauth's own: pages where looking would have changed something.
    path("accounts/login/password/", signing_in.PasswordLogin.as_view(), name="password_login"),
    path("accounts/passkey/<slug:purpose>/", signing_in.create_challenge, name="passkey_challenge"),
    path("accounts/email/", signing_in.show_address, name="account_email"),
    path("accounts/2fa/totp/activate/", signing_in.AuthenticatorApp.as_view(), name="mfa_activate_totp"),
    path("accounts/", include("allauth.urls")),
]
