package main

import _ "github.com/escale-hq/escale/planner"

import _ "github.com/escale-hq/escale/internal/workbook"
