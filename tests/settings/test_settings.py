"""Settings are complete, named when they are missing, and kept secret."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import SETTINGS, DataSettings, Settings, data_from_environment, demo, load
from bot.settings.given import CHANGEABLE, AtDesk

CLINIC = {
    "CLINIC_NAME": "Harbour Physiotherapy",
    "CLINIC_PHONE": "604-555-0123",
    "REGION": "ca-bc",
    "SECRET_KEY": "a" * 40,
    "RASA_SECRET": "b" * 40,
}


def test_a_clinic_with_its_facts_and_secrets_is_served() -> None:
    settings = load(CLINIC)
    assert (settings.clinic_name, settings.region, settings.demo) == ("Harbour Physiotherapy", "ca-bc", False)
    assert settings.database_url == "sqlite:///var/needlepoint.sqlite3"
    assert settings.rasa_url == "http://127.0.0.1:5005"


def test_every_missing_variable_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        load({})
    assert all(name in str(refused.value) for name in CLINIC)


@pytest.mark.parametrize("name", sorted(CLINIC))
def test_an_empty_variable_counts_as_missing(name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is missing"):
        load({**CLINIC, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("RASA_SECRET", "change-me"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("RASA_TIMEOUT", "-1"),
        ("STORE_TIMEOUT", "0"),
        ("CONSENT", "maybe"),
    ],
)
def test_a_malformed_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} "):
        load({**CLINIC, name: value})


def test_signatures_are_kept_in_the_data_folder_unless_a_file_is_named() -> None:
    assert load({**CLINIC, "DATA_DIR": "kept"}).signatures == Path("kept/signatures.jsonl")
    assert load({**CLINIC, "SIGNATURES": "elsewhere.jsonl"}).signatures == Path("elsewhere.jsonl")


def test_the_clinical_data_are_known_before_the_clinic_has_its_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    assert data_from_environment() == DataSettings(None, None, Path("var/signatures.jsonl"))
    for name, value in (("REGION", "ca-on"), ("OVERLAY", "ours.yml"), ("DATA_DIR", "kept"), ("PORT", "eighty")):
        monkeypatch.setenv(name, value)
    assert data_from_environment() == DataSettings("ca-on", "ours.yml", Path("kept/signatures.jsonl"))


def test_no_secret_shows_in_the_repr() -> None:
    shown = repr(load({**CLINIC, "API_KEY": "key-of-the-api", "DATABASE_URL": "postgresql://x:pass-word@db/n"}))
    assert not any(secret in shown for secret in ("a" * 40, "b" * 40, "key-of-the-api", "pass-word"))


def test_the_table_fills_every_field_but_demo_and_where_they_came_from() -> None:
    assert {setting.field for setting in SETTINGS} == {field.name for field in fields(Settings)} - {"demo", "given"}


def test_every_row_has_a_help_line_and_secrets_have_no_default() -> None:
    assert all(setting.help.endswith(".") for setting in SETTINGS)
    assert all(not setting.default for setting in SETTINGS if setting.secret)


def test_demo_needs_nothing_and_keeps_its_secrets(tmp_path: Path) -> None:
    first, second = (demo({"DATA_DIR": str(tmp_path / "var")}) for _ in range(2))
    assert (first.clinic_name, first.clinic_phone, first.region) == ("Demonstration clinic", "604-555-0100", "ca-bc")
    assert first == second
    assert first.demo
    assert first.secret_key != first.rasa_secret
    assert (tmp_path / "var" / "demo-secrets.json").stat().st_mode & 0o077 == 0


def test_the_demonstration_slows_no_one_who_measures_it_but_still_those_who_guess_passwords(tmp_path: Path) -> None:
    shown = demo({"DATA_DIR": str(tmp_path)})
    assert (shown.rate_sessions, shown.rate_messages, shown.rate_requests) == (1_000_000,) * 3
    assert shown.rate_sign_ins == load(CLINIC).rate_sign_ins


def test_a_limit_that_is_given_holds_in_the_demonstration_too(tmp_path: Path) -> None:
    assert demo({"DATA_DIR": str(tmp_path), "RATE_MESSAGES": "3"}).rate_messages == 3


def test_two_demonstrations_have_different_secrets(tmp_path: Path) -> None:
    one, other = (demo({"DATA_DIR": str(tmp_path / name)}) for name in ("one", "other"))
    assert one.secret_key != other.secret_key


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # the point is that it is refused
def test_demo_listens_on_loopback_only(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match=r"^HOST"):
        demo({"DATA_DIR": str(tmp_path), "HOST": host})


def test_what_is_set_at_the_desk_stands_over_the_environment_and_nothing_over_it() -> None:
    at_desk = AtDesk(
        {"CLINIC_PHONE": "604-555-0177", "CLINIC_FEES": ""}, 3, {"CLINIC_PHONE": "604-555-0177", "CLINIC_FEES": ""}
    )
    settings = load({**CLINIC, "CLINIC_FEES": "100"}, at_desk=at_desk)
    assert (settings.clinic_phone, settings.clinic_fees, settings.clinic_name) == (
        "604-555-0177",
        None,
        CLINIC["CLINIC_NAME"],
    )
    assert settings.given.environment["CLINIC_PHONE"] == CLINIC["CLINIC_PHONE"]
    assert settings.given.at_desk.revision == 3


def test_a_bad_value_of_the_desk_ends_the_start_and_says_how_it_is_taken_back(tmp_path: Path) -> None:
    at_desk = AtDesk({}, 1, {"TIME_ZONE": "Nowhere", "KEEP_MAIL_DAYS": "0"})
    for start in (lambda: load(CLINIC, at_desk=at_desk), lambda: demo({"DATA_DIR": str(tmp_path)}, at_desk=at_desk)):
        with pytest.raises(SettingsError, match="`needlepoint settings reset TIME_ZONE` takes it back"):
            start()


def test_no_secret_address_port_or_file_can_be_set_at_the_desk() -> None:
    never = {setting.variable for setting in SETTINGS if setting.secret}
    never |= {"HOST", "PORT", "RASA_HOST", "RASA_PORT", "DATA_DIR", "PUBLIC_URL", "FRAME_ANCESTORS", "TRUSTED_PROXIES"}
    assert not never & set(CHANGEABLE)
    assert set(CHANGEABLE) <= {setting.variable for setting in SETTINGS}
