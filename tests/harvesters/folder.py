"""Makes the folder that the catalog is loaded from: what the repository ships, and so many datasets more that a page does not
hold them. Some of their words are as people write them.
"""

import shutil
import sys
from pathlib import Path

MORE = 120

shipped, folder = map(Path, sys.argv[1:])
shutil.copytree(shipped, folder)
for number in range(MORE):
    dataset = folder / f"table-{number:03}"
    dataset.mkdir()
    (dataset / "dataset.toml").write_text(
        f"""department = "mihon"
title = "【見本】表{number} <b>&amp;\\"引用\\""
description = \"\"\"試験のための架空のデータです。

2段落目: C:\\\\表 と <タグ> & 記号。\"\"\"
keywords = ["見本", "子育て・教育", "表, 一覧"]
theme = "education"
frequency = "annual"
licence = "{['CC-BY-4.0', 'CC0-1.0', 'PDL-1.0'][number % 3]}"
temporal = {{ start = "2026-04-01", end = "2027-03-31" }}
""",
        encoding="utf-8",
    )
    (dataset / "data.csv").write_text(f"番号,名称\r\n{number},見本\r\n", encoding="utf-8", newline="")
