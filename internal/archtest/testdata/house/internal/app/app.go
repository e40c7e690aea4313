package app

import _ "github.com/escale-hq/escale/internal/workbook"

import _ "github.com/escale-hq/escale/internal/matchmaking/board"
