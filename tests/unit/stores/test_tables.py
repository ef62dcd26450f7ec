"""Tables that an earlier version of the program wrote are still read."""

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import WorkspaceError
from pipelines.stores.tables import read_table
from schemas.submission import PENGAJUAN

VALUES = {
    "pengajuan_id": "dinkes-2025-tw2-v1", "kode_skpd": "1.02", "tahun": 2025, "triwulan": 2, "versi": 1,
    "berkas": "tw2/a.xlsx", "sha256": "a", "diterima_pada": datetime(2025, 6, 3), "status": "diterima",
}  # fmt: skip
SINCE = ("jenis", "isi", "dihitung", "bagian")


def written_before(path, *missing):
    columns = [c for c in PENGAJUAN.columns if c.name not in missing]
    row = {c.name: VALUES.get(c.name) for c in columns}
    schema = pa.schema([pa.field(c.name, c.kind) for c in columns])
    pq.write_table(pa.Table.from_pylist([row], schema=schema), path)
    return path


def test_a_column_declared_since_is_null(tmp_path):
    (row,) = read_table(written_before(tmp_path / "pengajuan.parquet", *SINCE), PENGAJUAN).to_pylist()
    assert row["pengajuan_id"] == "dinkes-2025-tw2-v1"
    assert {row[name] for name in SINCE} == {None}


def test_a_column_that_must_be_filled_is_missed_and_what_to_do_is_told(tmp_path):
    with pytest.raises(WorkspaceError, match=r"versi program yang lain \(sha256 belum ada\).*capaian jalankan"):
        read_table(written_before(tmp_path / "pengajuan.parquet", "sha256"), PENGAJUAN)
