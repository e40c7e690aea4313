package sheet

import _ "github.com/escale-hq/escale/internal/i18n"

import _ "example.com/compare"

import _ "github.com/escale-hq/escale/internal/archtest"
