"""Numbers of calibration agree with hand-made ones, and nothing is said of too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.calibration import (
    ENOUGH,
    Forecast,
    Share,
    baseline,
    brier,
    calibrate,
    interval,
)

FORECASTS = st.lists(st.builds(Forecast, st.integers(5, 95), st.booleans()), max_size=60)


def test_brier_by_hand():
    assert brier([Forecast(60, held=True), Forecast(90, held=False)]) == pytest.approx(0.485)
    assert brier([]) is None
    assert brier([Forecast(50, held=True), Forecast(50, held=False)]) == pytest.approx(0.25)


def test_too_few_have_counts_and_no_rate():
    few = calibrate([Forecast(70, held=True)] * (ENOUGH - 1))
    assert (few.n, few.held, few.enough, few.base_rate) == (19, 19, False, None)
    enough = calibrate([Forecast(70, held=True)] * ENOUGH)
    assert (enough.enough, enough.base_rate) == (True, 1.0)
    assert Share(7, 19).as_json() == {"n": 7, "of": 19, "rate": None}
    assert Share(7, 20).as_json() == {"n": 7, "of": 20, "rate": 0.35}


def test_every_percentage_has_one_bin():
    for stated in range(101):
        bins = calibrate([Forecast(stated, held=True)]).bins
        assert sorted(b.n for b in bins) == [0] * 9 + [1]
    tens = calibrate([Forecast(70, held=True), Forecast(79, held=False), Forecast(80, held=True)])
    assert [(b.start, b.n, b.held) for b in tens.bins if b.n] == [(70, 2, 1), (80, 1, 1)]


@given(FORECASTS)
def test_bins_hold_everything_once_and_order_does_not_matter(forecasts):
    found = calibrate(forecasts)
    assert sum(b.n for b in found.bins) == found.n == len(forecasts)
    assert sum(b.held for b in found.bins) == found.held
    assert calibrate(reversed(forecasts)) == found


def test_the_baseline_is_a_coin_until_enough_is_known():
    assert baseline([True] * 19) == 50
    assert baseline([True] * 15 + [False] * 5) == 75


@pytest.mark.parametrize(("n", "of"), [(0, 20), (19, 31), (20, 20)])
def test_the_range_holds_the_share(n, of):
    low, high = interval(Share(n, of))
    assert 0 <= low <= n / of <= high <= 1
    assert (round(interval(Share(19, 31))[0], 2), round(interval(Share(19, 31))[1], 2)) == (
        0.44,
        0.76,
    )
