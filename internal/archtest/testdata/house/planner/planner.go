package planner

import _ "math/rand/v2"

import _ "github.com/escale-hq/escale/planner/internal/cnf"
