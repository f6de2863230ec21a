"""One thread for products of matrices, and all of them again afterwards."""

from threadpoolctl import threadpool_info

from kb.insight.threads import one_thread


def threads():
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def test_one_thread_inside_and_as_before_outside():
    before = threads()
    with one_thread():
        assert set(threads()) == {1}
    assert threads() == before
    assert before
