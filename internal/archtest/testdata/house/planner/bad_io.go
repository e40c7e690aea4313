package planner

import _ "os"
