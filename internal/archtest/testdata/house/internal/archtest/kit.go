package archtest

import _ "github.com/escale-hq/escale/internal/workbook"
