package main

import _ "github.com/escale-hq/escale/internal/app"

import _ "github.com/escale-hq/escale/internal/workbook"

import _ "github.com/escale-hq/escale/planner"
