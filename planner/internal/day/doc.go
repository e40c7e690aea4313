// Package day plans a day on which every meeting must be held, with as few
// breaks as possible, and proves it.
//
// This is the business-to-business meeting scheduling problem of Bofill,
// Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret, "Constraint Solving
// Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR 74
// (2022): meetings of two participants are placed in the slots of a day, with
// a limited number of tables, unavailable participants, precedences, and a
// limit on how unevenly breaks are spread.
//
// [Solve] removes what cannot be (filter.go), writes the rest as clauses and
// counters (model.go and its neighbours), and lets a few workers search with
// different models while they share the best schedule and bound (solve.go). A
// schedule counts only once [Check], which shares nothing with the search, has
// accepted it.
package day
