package geo

import _ "math"

import _ "github.com/escale-hq/escale/internal/fault"
