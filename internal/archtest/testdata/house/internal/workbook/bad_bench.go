package workbook

import _ "github.com/escale-hq/escale/bench/fair"
