"""Who was let in stays in when a server on this machine is started anew; secrets are not written."""

import stat

from kb.faces.web.auth import SESSION_SECONDS, Doorkeeper


def test_a_session_outlives_the_server_by_its_digest_alone(tmp_path):
    now = [1000.0]
    file = tmp_path / "sessions"
    before = Doorkeeper(lambda: now[0])
    before.remember(file)
    session = before.enter(before.address())
    assert session.secret not in file.read_text()
    assert session.form_token not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    after = Doorkeeper(lambda: now[0])
    after.remember(file)
    assert after.session(session.secret) == session
    assert after.session(session.secret[:-1]) is None
    now[0] += SESSION_SECONDS
    assert after.session(session.secret) is None


def test_who_left_stays_out_and_a_broken_file_lets_nobody_in(tmp_path):
    file = tmp_path / "sessions"
    before = Doorkeeper(lambda: 0.0)
    before.remember(file)
    session = before.enter(before.address())
    before.leave(session)
    after = Doorkeeper(lambda: 0.0)
    after.remember(file)
    assert after.session(session.secret) is None
    file.write_bytes(b"\xff\x00 x\n" + b"zz 99\n")
    Doorkeeper(lambda: 0.0).remember(file)
    nobody = Doorkeeper(lambda: 0.0)
    nobody.remember(tmp_path / "none" / "sessions")
    assert nobody.enter(nobody.address())


def test_addresses_do_not_outlive_the_server(tmp_path):
    before = Doorkeeper(lambda: 0.0)
    before.remember(tmp_path / "sessions")
    address = before.address()
    after = Doorkeeper(lambda: 0.0)
    after.remember(tmp_path / "sessions")
    assert after.enter(address) is None
