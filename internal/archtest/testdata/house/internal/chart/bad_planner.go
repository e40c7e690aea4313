package chart

import _ "github.com/escale-hq/escale/planner"
