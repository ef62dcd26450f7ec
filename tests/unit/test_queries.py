"""The order of the queries of a package comes from their headers, and a header that is wrong is told with its file."""

import itertools

import pytest

from pipelines.queries import order_queries

NUMBERS = itertools.count()


@pytest.fixture
def order(tmp_path, monkeypatch):
    """Orders queries written as `name="inputs: code"`; each call has a package of its own."""
    monkeypatch.syspath_prepend(tmp_path)

    def run(wanted, **queries):
        package = f"pesanan_{next(NUMBERS)}"
        (tmp_path / package / "sql").mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        for name, text in queries.items():
            header, _, code = text.partition(": ")
            path = tmp_path / package / "sql" / f"{name}.sql"
            path.write_text(f"-- grain: -\n-- inputs: {header}\n{code}\n", "utf-8")
        return order_queries(package, wanted, {"masukan", "tetapan", "kategori_tahun"})

    return run


def test_each_query_comes_after_those_it_reads_and_else_by_name(order):
    made = order(
        ("akhir", "awal"), akhir="zebra, badak: from zebra join badak using (x)", zebra="masukan: from masukan",
        badak="awal,\n--         masukan: from awal join masukan using (x)", awal="masukan: from masukan",
        lain="masukan: from masukan",
    )  # fmt: skip
    assert made == ("awal", "zebra", "badak", "akhir"), "what nobody wants is left out"


def test_a_word_of_a_comment_or_a_text_is_no_table(order):
    assert order(("a",), a="masukan: select 'b' as from_b -- from b\nfrom masukan", b="masukan: from masukan") == ("a",)


@pytest.mark.parametrize(
    ("header", "code", "told"),
    [
        ("masukan, tiada", "from masukan join tiada using (x)", "names what nobody makes: tiada"),
        ("masukan", "from masukan join lain using (x)", "does not name what the query reads: lain"),
        ("masukan", "from masukan where x in (select x from lain)", "does not name what the query reads: lain"),
        ("masukan", "from apply_formula(lain) join masukan using (x)", "does not name what the query reads: lain"),
        ("masukan", "select kategori_of(x, 2025) from masukan", "does not name what the query reads: kategori_tahun"),
        ("masukan, lain", "from masukan", "names what the query does not read: lain"),
        ("", "from masukan", "does not name what the query reads: masukan"),
    ],
)
def test_a_wrong_header_is_told_with_its_file(order, header, code, told):
    with pytest.raises(ValueError, match=rf"/sql/akhir\.sql: the header {told}$"):
        order(("akhir",), akhir=f"{header}: {code}", lain="masukan: from masukan")


def test_a_circle_is_told_with_its_files(order):
    with pytest.raises(ValueError, match=r"/sql/(a|b|c)\.sql → .*/sql/(a|b|c)\.sql → .*/sql/(a|b|c)\.sql → "):
        order(("a",), a="b: from b", b="c: from c", c="a, masukan: from a join masukan using (x)")
    with pytest.raises(ValueError, match=r"/sql/a\.sql → .*/sql/a\.sql$"):
        order(("a",), a="a: from a")
