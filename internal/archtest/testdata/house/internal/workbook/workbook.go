package workbook

import _ "github.com/escale-hq/escale/planner"

import _ "github.com/escale-hq/escale/internal/document"

import _ "github.com/escale-hq/escale/internal/sheet"

import _ "github.com/escale-hq/escale/internal/workbook/words"

import _ "example.com/library"
