-- grain: one row: what the rules leave to the pemda, as it is set now
-- inputs: pilihan
select * from pilihan where tahun = $tahun
