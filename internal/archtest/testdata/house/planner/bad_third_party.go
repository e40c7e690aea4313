package planner

import _ "example.com/solver"
