"""Files that users bring: each kind of fault in several instances, read as it is meant, said aloud, or refused.

`data/users` holds small files with the faults of public ones; all numbers are invented.
"""

import warnings
from pathlib import Path

import numpy as np
import pytest

from zputils import curves, outlines, readers

USERS = Path(__file__).parent / "data" / "users"
PLAIN = "m_GeV,g\n0.01,1e-3\n0.1,2e-3\n"


@pytest.fixture
def read(tmp_path):
    """(curve, what was said) for the content of a file."""
    def function(content, **options):
        path = tmp_path / "mine.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return curve_and_words(path, **options)

    return function


def curve_and_words(path, **options):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        curve = curves.read_curve(path, **options)
    assert all(warning.category is curves.CurveWarning and str(path) in str(warning.message) for warning in said)
    assert all(warning.filename == __file__ for warning in said), "it points at the call"
    return curve, " ".join(str(warning.message) for warning in said)


def is_plain(curve, lower=(1e-3, 2e-3)):
    assert curve.coupling == "g" and curve.upper is None
    np.testing.assert_allclose([curve.m, curve.lower], [[0.01, 0.1], lower], rtol=1e-14)


# -- as it is meant, without a word ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["comment_in_middle", "bom_comment", "u2028_in_comment", "blank_last_line"])
def test_what_is_clear_is_read(name):
    curve, words = curve_and_words(USERS / f"{name}.csv")
    is_plain(curve)
    assert not words


@pytest.mark.parametrize("content", [
    "# a\n# b\nm_GeV,g\n# c\n0.01,1e-3\n   # d, with, commas\n0.1,2e-3\n# e",  # comments anywhere
    "m_GeV,g\n0.01,1e-3 # first\n0.1,2e-3#second\n",
    "% a\nm_GeV,g\n! b\n0.01,1e-3\n// c\n0.1,2e-3\n",
    b"\xef\xbb\xbfm_GeV,g\n0.01,1e-3\n0.1,2e-3\n",  # byte order marks
    b"\xef\xbb\xbf\n\n# a\nm_GeV,g\n0.01,1e-3\n0.1,2e-3\n",
    PLAIN.encode("utf-16"), b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "\n\nm_GeV,g\n\n0.01,1e-3\n\n\n0.1,2e-3\n\n\n", "m_GeV,g\n0.01,1e-3\n , \n0.1,2e-3\n,\n  \t\n",  # empty lines
    PLAIN.replace("\n", "\r\n"), PLAIN.replace("\n", "\r"), "m_GeV,g\r\n0.01,1e-3\n0.1,2e-3\r",  # line ends
    *(f"# page{mark}two\nm_GeV,g\n0.01,1e-3 # a{mark}b\n0.1,2e-3\n"
      for mark in "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"),
    "m_GeV;g\n0.01;1e-3\n0.1;2e-3\n", "m_GeV\tg\n0.01\t1e-3\n0.1\t2e-3\n",  # separators
    "m_GeV  g\n 0.01   1e-3\n 0.1\t2e-3 \n", "m_GeV, g\n0.01 , 1e-3\n 0.1, 2e-3\n",
    '"m_GeV","g"\n"0.01","1e-3"\n"0.1","2e-3"\n',
    "g,m_GeV\n1e-3,0.01\n2e-3,0.1\n",  # named columns in any order
    "m_GeV,g\n0.1,2e-3\n0.01,1e-3\n",  # from above
    "m_MeV,g\n10,1e-3\n100,2e-3\n", "m_eV,g\n1e7,1e-3\n1E+8,.002\n", "m_keV g\n1e4 1e-3\n1e5 2e-3\n",  # named units
    "log10_m_GeV,log10_g\n-2,-3\n-1,-2.6989700043360187\n", "log10_m_MeV,g\n1,1e-3\n2,2e-3\n",
])
def test_further_clear_files(read, content):
    curve, words = read(content)
    is_plain(curve)
    assert not words


def test_the_home_of_a_user(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine.csv").write_text(PLAIN)
    is_plain(curves.read_curve("~/mine.csv"))


# -- after a guess, said aloud -----------------------------------------------------------------------------------


def test_no_limit_is_where_a_placeholder_stands():
    curve, words = curve_and_words(USERS / "sentinel_1e5.csv")
    assert np.isnan(curve.lower_at([0.015, 0.19])).all() and curve.lower_at(0.02) == pytest.approx(1e-3)
    assert "g = 100000 and above is no limit (line 2, 5)" in words


@pytest.mark.parametrize("mark", ["1e5", "1e99", "999", "1", "1.0e+00", "100"])
def test_placeholders_at_the_ends_and_inside(read, mark):
    curve, words = read(f"m_GeV,g\n0.01,{mark}\n0.02,1e-3\n0.05,1e-3\n0.06,{mark}\n0.07,{mark}\n"
                        f"0.09,2e-3\n0.1,2e-3\n0.2,{mark}")
    np.testing.assert_allclose(curve.lower_at([0.02, 0.04, 0.05, 0.09, 0.1]), [1e-3, 1e-3, 1e-3, 2e-3, 2e-3])
    assert np.isnan(curve.lower_at([0.015, 0.051, 0.06, 0.0635, 0.07, 0.089, 0.11])).all()
    assert "is no limit (line 2, 5, 6, 9)" in words


def test_placeholders_of_two_edges_are_gaps(read):
    curve, words = read("m_GeV,epsilon_lower,epsilon_upper\n0.01,1e-6,1e-4\n0.02,1e5,1e5\n0.03,1e-6,1e-4")
    assert np.isnan(curve.at([0.011, 0.029])).all() and "no limit" in words


def test_couplings_of_order_one_are_limits(read):
    curve, words = read("m_GeV,g\n0.01,0.5\n0.02,1\n0.1,2.5")
    np.testing.assert_allclose(curve.limit, [0.5, 1, 2.5])
    assert "no limit" not in words
    curve, _ = read("m_GeV,epsilon\n0.01,0.5\n0.1,11")
    assert curve.limit[-1] == 11


def test_an_outline_becomes_two_edges_through_its_points():
    curve, words = curve_and_words(USERS / "closed_contour.csv")
    points = np.loadtxt(USERS / "closed_contour.csv", delimiter=",", skiprows=1)
    through_the_points(curve, points)
    assert curve.coupling == "epsilon" and curve.m.tolist() == [0.01, 0.05, 0.1, 0.2, 0.3]
    assert "outline of 6 points is split into a lower and an upper edge" in words


def through_the_points(curve, points):
    """Every point is on one of the edges, and in no log-log direction is the region larger than its points."""
    lower, upper = curve.at(points[:, 0])
    gaps = np.minimum(abs(np.log(points[:, 1] / lower)), abs(np.log(points[:, 1] / upper)))
    assert gaps.max() < 1e-12 and (curve.lower <= curve.upper).all()
    assert curve.lower.min() == points[:, 1].min() and curve.upper.max() == points[:, 1].max()


OUTLINE = np.array([[0.01, 1e-4], [0.1, 3e-5], [0.3, 1e-5], [0.2, 3e-6], [0.05, 1e-6], [0.02, 2e-6], [0.01, 1e-5]])


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("start", range(len(OUTLINE)))
@pytest.mark.parametrize("repeated", [False, True])
def test_an_outline_may_begin_anywhere_and_go_either_way_around(read, start, turned, repeated):
    points = np.roll(OUTLINE, -start, axis=0)[::-1 if turned else 1]
    points = np.vstack([points, points[:1]]) if repeated else points
    curve, words = read("m_GeV,g\n" + "\n".join(f"{m},{g}" for m, g in points))
    through_the_points(curve, OUTLINE)
    expected, _ = read("m_GeV,g\n" + "\n".join(f"{m},{g}" for m, g in OUTLINE))
    np.testing.assert_array_equal([curve.m, curve.lower, curve.upper], [expected.m, expected.lower, expected.upper])
    assert "is split" in words


def test_an_open_outline_is_closed_by_a_straight_line(read):
    curve, _ = read("m_GeV,g\n0.01,1e-4\n0.1,1e-4\n0.2,1e-5\n0.1,1e-6\n0.04,1e-6")
    assert curve.m.tolist() == [0.01, 0.04, 0.1, 0.2] and curve.lower[0] == curve.upper[0] == 1e-4
    np.testing.assert_allclose(curve.lower_at(0.02), 1e-5)  # halfway in the logarithms


def test_a_vertical_step_of_a_limit_keeps_the_lower_point(read):
    curve, words = read("m_GeV,g\n0.01,1e-4\n0.1,1e-4\n0.1,1e-3\n0.2,1e-3")
    assert curve.limit.tolist() == [1e-4, 1e-4, 1e-3] and "1 repeated masses: the lowest g is kept" in words


@pytest.mark.parametrize(("content", "options"), [
    ("m_GeV,g\n10,1e-3\n100,2e-3\n1000,4e-3\n", {}), ("m_GeV,g\n1e7,1e-3\n1e8,2e-3\n", {}),
    ("m_GeV,g\n20,1e-3\n90,2e-3\n", {}), ("m_GeV,g\n1e-8,1e-10\n1e-5,2e-10\n", {}),
    ("20 1e-3\n300 2e-3", {"columns": ("m_GeV", "g")})])
def test_a_range_of_masses_that_looks_like_another_unit_is_said(read, content, options):
    curve, words = read(content, **options)
    assert f"masses read as {curve.m[0]:g} to {curve.m[-1]:g} GeV" in words and "unit='MeV'" in words
    silent, words = read(content, unit="GeV", **options)
    assert silent.m.tolist() == curve.m.tolist() and not words
    converted, words = read(content, unit="MeV", **options)
    np.testing.assert_allclose(converted.m, curve.m / 1e3)
    assert not words


def test_mev_under_a_header_that_says_gev():
    curve, words = curve_and_words(USERS / "MeV_in_GeV_column.csv")
    assert curve.m.tolist() == [10, 100, 1000] and "masses read as 10 to 1000 GeV" in words


@pytest.mark.parametrize("content", ["m_GeV,g\n1e-3,0.01\n2e-3,0.1\n", "m_GeV,epsilon\n1e-7,0.01\n1e-5,0.3\n"])
def test_columns_that_look_swapped_are_said(read, content):
    assert "are the columns swapped?" in read(content)[1]


@pytest.mark.parametrize("separator", [";", "\t", "   "])
def test_decimal_commas(read, separator):
    content = "m_GeV;g\n0,01;1,2e-3\n0,1;2,5e-3\n".replace(";", separator)
    curve, words = read(content)
    is_plain(curve, (1.2e-3, 2.5e-3))
    assert "commas in numbers are read as decimal points" in words
    is_plain(read(content.split("\n", 1)[1], columns=["m_GeV", "g"])[0], (1.2e-3, 2.5e-3))


def test_the_decimal_commas_of_the_example():
    is_plain(curve_and_words(USERS / "decimal_comma_semicolon.csv")[0], (1.2e-3, 2.5e-3))


@pytest.mark.parametrize("content", [(USERS / "latin1_comment.csv").read_bytes(),
                                     b"# \x80 \xb5\n" + PLAIN.encode(), PLAIN.encode() + "# Müller".encode("cp1252"),
                                     b"m_GeV,g # \xe9\n0.01,1e-3\n0.1,2e-3"])
def test_comments_in_another_encoding(read, content):
    curve, words = read(content)
    is_plain(curve)
    assert "is not UTF-8 and read as Latin-1" in words


# -- refused, with the file, the line and what to do -------------------------------------------------------------


@pytest.mark.parametrize(("content", "message"), [
    ((USERS / "spaces_no_header.txt").read_bytes(), r"line 1: numbers, but no header line.*m_GeV,g.*columns=\("),
    ("# a comment\n0.01\t1e-3\n", "line 2: numbers, but no header"),
    ("0.01,1e-3\n0.1,2e-3\n", "line 1: numbers, but no header"),
    ("m_GeV,g\n0,01,1,2e-3\n", "line 2: 4 values, the header has 2: decimal commas"),
    ("m_GeV;g\n0,01;1.2e-3\n", "line 2: a comma in a number, and points in others"),
    ("m_GeV;g\n1.000,5;1e-3\n", "line 2: a comma in a number, and points in others"),
    ("m_GeV g\n0.01,1e-3\n", "line 2: 1 values, the header has 2"),
    ("mass,coupling\n0.01,1e-3\n", r"columns \['mass', 'coupling'\]; a curve has m_GeV"),
    ("m_GeV,g,epsilon\n0.01,1e-3,1e-3\n", "columns"), ("m_GeV,g,g\n0.01,1e-3,1e-3\n", "columns"),
    ("m_GeV,m_MeV,g\n0.01,10,1e-3\n", "columns"), ("m_GeV\n0.01\n", "columns"),
    ("m_GeV,g\n-2,1e-3\n-1,2e-3\n", "line 2: m_GeV = -2, must be > 0.*logarithms is named log10_m_GeV"),
    ("m_GeV,g\n0.01,-3\n0.1,-2.7\n", "line 2: g = -3, must be > 0. No limit reads NA"),
    ("m_GeV,g\n0.01,0\n0.1,2e-3\n", "line 2: g = 0, must be > 0. No limit reads NA"),
    ("m_GeV,g\n0.01,1e-3\n0.1,-999\n", "line 3: g = -999, must be > 0"),
    ("m_GeV,g\n0.01,1e-3\n0.1,\n", "line 3: g = '' is not a finite number. A mass without a limit reads NA"),
    ("m_GeV,g\n0.01,1e-3\n0.1,inf\n", "line 3: g = 'inf' is not a finite number"),
    ("m_GeV,g\n0.01,1e-3\n0.1,−2e-3\n", "line 3: g = '−2e-3' is not a finite number"),
    ("m_GeV,g\n0.01,1e-3\n٣,2e-3\n", "line 3: m_GeV = '٣' is not a finite number"),
    ("m_GeV,g\n0.01,1e-3\n0.1,1_0\n", "line 3: g = '1_0' is not"),
    ("m_GeV,g\n0.01,1e-3\n0.1,0x1p-3\n", "line 3: g = '0x1p"),
    ("m_GeV,g\n0.01,1e5\n0.1,1e5\n", "every g stands for 'no limit'"),
    ("m_GeV,g\n0.01,1e-3\n0.1\u20282e-3\n", "line 3: 1 values"),
    (b"m_GeV,g\n0.01,1e-3\n0.1,2e-3\xb0\n", "line 3: g = '2e-3°' is not"),
    (b"m_GeV,g\n0.01,1e-3\x00\xff\n", "not a text file"), (b"\xff\xfem\x00_", "not a text file|no rows|columns"),
    ("m_GeV,g\n0.1,1e-3\n0.3,1e-3\n0.2,1e-3\n0.4,1e-3\n", "line 4: m_GeV = 0.2, masses must rise.*Sort"),
    ("m_GeV,g\n0.1,1e-3\n0.2,1e-3\n0.3,1e-3\n0.05,1e-3\n", "line 5: m_GeV = 0.05, masses must rise.*Sort"),
    ("m_GeV,g\n0.1,1e-3\n0.2,1e-3\n0.3,1e-4\n0.2,1e-4\n0.1,1e-2\n", "the outline crosses itself at m_GeV = 0"),
    ("m_GeV,g\n0.1,1e-3\n0.3,1e-3\n0.2,1e-4\n0.3,1e-4\n0.1,1e-5\n", "masses must rise"),
    ("", "no rows"), ("# only this\n\n", "no rows"), ("m_GeV,g\n", "no rows"),
])
def test_what_is_refused_says_where_and_what_to_do(read, content, message):
    with pytest.raises(ValueError, match=rf"mine\.csv.*({message})"):
        read(content)


def test_what_is_asked_for_wrongly_is_refused(read):
    with pytest.raises(KeyError, match=r"format = 'axion' is not one of .*; nearest: 'axionlimits'"):
        read(PLAIN, format="axion")
    with pytest.raises(KeyError, match=r"unit = 'mev' is not one of .*'MeV'"):
        read(PLAIN, unit="mev")
    with pytest.raises(ValueError, match="columns"):
        read(PLAIN, columns=["m_GeV", "coupling"])
    with pytest.raises(FileNotFoundError):
        curves.read_curve("nowhere.csv")


# -- the formats of two collections ------------------------------------------------------------------------------


def test_axionlimits():
    curve, words = curve_and_words(USERS / "axionlimits.txt", format="axionlimits")
    assert curve.coupling == "epsilon" and curve.name == "axionlimits"
    np.testing.assert_allclose(curve.m, [1e-3, 2e-2, 0.3])
    np.testing.assert_allclose(curve.limit, [1e-3, 5e-4, 2e-3])
    assert "1 repeated masses" in words and "unit" not in words


def test_foresee_limits_and_outlines():
    limit, words = curve_and_words(USERS / "foresee_limit.txt", format="foresee")
    np.testing.assert_allclose(limit.lower_at([0.25, 0.5, 1.5]), [2e-4, 4e-4, 1e-3])
    assert np.isnan(limit.lower_at([0.21, 0.7, 3.5])).all() and "epsilon = 1 and above is no limit" in words
    region, words = curve_and_words(USERS / "foresee_outline.txt", format="foresee")
    through_the_points(region, np.loadtxt(USERS / "foresee_outline.txt"))
    assert region.m.max() == 0.3 and "is split" in words


def test_a_format_with_other_columns(read):
    curve, _ = read("0.01 1e-3\n0.1 2e-3", format="foresee", columns=("m_GeV", "g"))
    is_plain(curve)


# -- the pieces --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1", "1.", ".5", "+1e-3", "1E+05", "-0.0"])
def test_numbers(text):
    assert readers.NUMBER.fullmatch(text)


def test_the_gap_is_between_the_points_that_are_kept(read):
    curve, _ = read("m_GeV,g\n0.01,1e-3\n0.01,1\n0.04,1\n0.04,1e-3\n")  # a drawn gap, its sides vertical
    assert curve.m.tolist() == [0.01, 0.02, 0.04] and np.isnan(curve.lower[1])


def test_usual_masses_say_nothing():
    assert outlines.USUAL == (1e-4, 100) and outlines.LARGEST["g"] == pytest.approx(3.545, abs=1e-3)
