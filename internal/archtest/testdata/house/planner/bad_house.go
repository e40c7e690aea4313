package planner

import _ "github.com/escale-hq/escale/internal/clock"
