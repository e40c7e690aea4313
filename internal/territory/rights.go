package territory

// A Role is what a member is in a territory.
type Role string

// The roles.
const (
	Administrator Role = "administrator" // sets the workspace up and says who is in it
	Officer       Role = "officer"       // runs missions, keeps the directory
	Finance       Role = "finance"       // budgets and grants
	Partner       Role = "partner"       // of an agency: its missions, its own records
	Observer      Role = "observer"      // elected official, cabinet: reads figures and briefings
	Company       Role = "company"       // its own organisation
)

// Roles lists the roles, in the order in which people choose them.
func Roles() []Role { return []Role{Administrator, Officer, Finance, Partner, Observer, Company} }

// Belongs says whether the role is that of people of an organisation.
func (r Role) Belongs() bool { return r == Partner || r == Company }

// A Reach is how far a right goes.
type Reach int

// The reaches, the shortest first.
const (
	Nothing Reach = iota
	Self          // the organisation that the member belongs to, and what is about it
	Own           // what the member's agency owns, and that agency itself
	Joined        // that, and what is of the missions that the agency is on
	All           // everything in the territory
)

// A right is an action on a noun. The nouns and actions are those of routes.
type right struct{ noun, action string }

// rights is the table: who may do what, and how far. What has no row, nobody may do. The
// columns are in the order of [Roles].
var rights = map[right][6]Reach{
	//                        administrator officer finance partner observer company
	{"workspace", "see"}:      {All, All, All, All, All, All},
	{"territory", "edit"}:     {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"member", "see"}:         {All, All, All, Nothing, Nothing, Nothing},
	{"member", "edit"}:        {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"job", "see"}:            {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"job", "edit"}:           {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"history", "verify"}:     {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"organisation", "see"}:   {All, All, All, Own, Nothing, Self},
	{"organisation", "add"}:   {All, All, Nothing, Own, Nothing, Nothing},
	{"organisation", "edit"}:  {All, All, Nothing, Own, Nothing, Self},
	{"organisation", "merge"}: {All, All, Nothing, Nothing, Nothing, Nothing},
	{"organisation", "erase"}: {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"address", "see"}:        {All, All, All, Own, Nothing, Self},
	{"address", "add"}:        {All, All, Nothing, Own, Nothing, Self},
	{"address", "edit"}:       {All, All, Nothing, Own, Nothing, Self},
	{"person", "see"}:         {All, All, Nothing, Own, Nothing, Self},
	{"person", "add"}:         {All, All, Nothing, Own, Nothing, Self},
	{"person", "edit"}:        {All, All, Nothing, Own, Nothing, Self},
	{"person", "merge"}:       {All, All, Nothing, Nothing, Nothing, Nothing},
	{"person", "erase"}:       {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"retention", "edit"}:     {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"city", "see"}:           {All, All, All, All, All, Nothing},
	{"city", "add"}:           {All, All, Nothing, Nothing, Nothing, Nothing},
	{"city", "edit"}:          {All, All, Nothing, Nothing, Nothing, Nothing},
	{"sector", "edit"}:        {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"note", "see"}:           {All, All, All, Joined, Nothing, Nothing},
	{"note", "edit"}:          {All, All, All, Joined, Nothing, Nothing},
	{"file", "see"}:           {All, All, All, Joined, Nothing, Nothing},
	{"file", "edit"}:          {All, All, All, Joined, Nothing, Nothing},
	{"task", "see"}:           {All, All, All, Joined, Nothing, Nothing},
	{"task", "edit"}:          {All, All, All, Joined, Nothing, Nothing},
	{"mission", "see"}:        {All, All, All, Joined, All, Nothing},
	{"mission", "add"}:        {All, All, Nothing, Nothing, Nothing, Nothing},
	{"mission", "edit"}:       {All, All, Nothing, Joined, Nothing, Nothing},
	{"mission", "run"}:        {All, All, Nothing, Nothing, Nothing, Nothing},
	{"plan", "see"}:           {All, All, All, Joined, Nothing, Nothing},
	{"plan", "edit"}:          {All, All, Nothing, Nothing, Nothing, Nothing},
	{"outcome", "see"}:        {All, All, All, Joined, All, Self},
	{"outcome", "confirm"}:    {All, All, Nothing, Nothing, Nothing, Nothing},
	{"notice", "see"}:         {All, All, All, Joined, Nothing, Nothing},
	{"participant", "see"}:    {All, All, All, Joined, Nothing, Self},
	{"participant", "add"}:    {All, All, Nothing, Joined, Nothing, Nothing},
	{"participant", "edit"}:   {All, All, Nothing, Joined, Nothing, Nothing},
	{"leg", "see"}:            {All, All, All, Joined, All, Nothing},
	{"leg", "add"}:            {All, All, Nothing, Joined, Nothing, Nothing},
	{"leg", "edit"}:           {All, All, Nothing, Joined, Nothing, Nothing},
	{"venue", "see"}:          {All, All, All, Joined, All, Nothing},
	{"venue", "add"}:          {All, All, Nothing, Joined, Nothing, Nothing},
	{"venue", "edit"}:         {All, All, Nothing, Joined, Nothing, Nothing},
	{"place", "see"}:          {All, All, All, Joined, All, Nothing},
	{"place", "add"}:          {All, All, Nothing, Joined, Nothing, Nothing},
	{"place", "edit"}:         {All, All, Nothing, Joined, Nothing, Nothing},
	{"seat", "see"}:           {All, All, All, Joined, Nothing, Nothing},
	{"seat", "add"}:           {All, All, Nothing, Joined, Nothing, Nothing},
	{"seat", "edit"}:          {All, All, Nothing, Joined, Nothing, Nothing},
	{"interpreters", "see"}:   {All, All, All, Joined, Nothing, Nothing},
	{"interpreters", "add"}:   {All, All, Nothing, Joined, Nothing, Nothing},
	{"interpreters", "edit"}:  {All, All, Nothing, Joined, Nothing, Nothing},
	{"partner", "see"}:        {All, All, All, Joined, Nothing, Nothing},
	{"partner", "add"}:        {All, All, Nothing, Nothing, Nothing, Nothing},
	{"partner", "edit"}:       {All, All, Nothing, Nothing, Nothing, Nothing},
	// What travellers confide is known to the duty logistics alone: officers see
	// what is missing.
	{"travel", "see"}:         {All, All, Nothing, Nothing, Nothing, Nothing},
	{"traveller", "see"}:      {Nothing, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"traveller", "add"}:      {Nothing, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"traveller", "edit"}:     {Nothing, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"entry_rule", "see"}:     {All, All, Nothing, Nothing, Nothing, Nothing},
	{"entry_rule", "add"}:     {All, All, Nothing, Nothing, Nothing, Nothing},
	{"entry_rule", "edit"}:    {All, All, Nothing, Nothing, Nothing, Nothing},
	{"template", "see"}:       {All, All, All, Joined, Nothing, Nothing},
	{"template", "add"}:       {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"template", "edit"}:      {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"form", "see"}:           {All, All, All, Nothing, Nothing, Nothing},
	{"form", "add"}:           {All, All, Nothing, Nothing, Nothing, Nothing},
	{"form", "edit"}:          {All, All, Nothing, Nothing, Nothing, Nothing},
	{"question", "see"}:       {All, All, All, Nothing, Nothing, Nothing},
	{"question", "add"}:       {All, All, Nothing, Nothing, Nothing, Nothing},
	{"question", "edit"}:      {All, All, Nothing, Nothing, Nothing, Nothing},
	{"call", "see"}:           {All, All, All, Joined, All, Nothing},
	{"call", "add"}:           {All, All, Nothing, Nothing, Nothing, Nothing},
	{"call", "edit"}:          {All, All, Nothing, Joined, Nothing, Nothing},
	{"application", "see"}:    {All, All, All, Joined, Nothing, Self},
	{"application", "edit"}:   {All, All, Nothing, Joined, Nothing, Self},
	{"application", "extend"}: {All, All, Nothing, Joined, Nothing, Nothing},
	{"budget", "see"}:         {All, All, All, Joined, Nothing, Nothing},
	{"budget", "export"}:      {All, All, All, Nothing, Nothing, Nothing},
	{"budget", "reconcile"}:   {All, All, All, Nothing, Nothing, Nothing},
	{"expense", "see"}:        {All, All, All, Own, Nothing, Nothing},
	{"expense", "add"}:        {All, All, All, Nothing, Nothing, Nothing},
	{"expense", "edit"}:       {All, All, All, Nothing, Nothing, Nothing},
	{"posting", "see"}:        {All, All, All, Own, Nothing, Self},
	{"posting", "add"}:        {All, All, All, Nothing, Nothing, Nothing},
	{"posting", "edit"}:       {All, All, All, Nothing, Nothing, Nothing},
	{"fee", "see"}:            {All, All, All, Own, Nothing, Self},
	{"fee", "add"}:            {All, All, All, Nothing, Nothing, Nothing},
	{"fee", "edit"}:           {All, All, All, Nothing, Nothing, Nothing},
	{"rate", "see"}:           {All, All, All, Nothing, Nothing, Nothing},
	{"rate", "edit"}:          {All, All, All, Nothing, Nothing, Nothing},
	{"grant", "see"}:          {All, All, All, Own, Nothing, Self},
	{"grant", "add"}:          {All, All, All, Nothing, Nothing, Nothing},
	{"grant", "edit"}:         {All, All, All, Nothing, Nothing, Nothing},
	{"grant", "export"}:       {All, All, All, Nothing, Nothing, Nothing},
	{"cost", "see"}:           {All, All, All, Own, Nothing, Self},
	{"cost", "add"}:           {All, All, All, Nothing, Nothing, Nothing},
	{"cost", "edit"}:          {All, All, All, Nothing, Nothing, Nothing},
	{"declaration", "see"}:    {All, All, All, Nothing, Nothing, Self},
	{"declaration", "add"}:    {All, All, All, Nothing, Nothing, Nothing},
	{"declaration", "edit"}:   {All, All, All, Nothing, Nothing, Nothing},
	{"ceiling", "see"}:        {All, All, All, Nothing, Nothing, Nothing},
	{"ceiling", "add"}:        {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"ceiling", "edit"}:       {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"session", "see"}:        {All, All, All, Joined, All, Nothing},
	{"session", "add"}:        {All, All, Nothing, Joined, Nothing, Nothing},
	{"session", "edit"}:       {All, All, Nothing, Joined, Nothing, Nothing},
	{"session", "welcome"}:    {All, All, Nothing, Nothing, Nothing, Nothing},
	{"speaker", "see"}:        {All, All, All, Joined, All, Nothing},
	{"speaker", "add"}:        {All, All, Nothing, Joined, Nothing, Nothing},
	{"speaker", "edit"}:       {All, All, Nothing, Joined, Nothing, Nothing},
	{"registration", "see"}:   {All, All, Nothing, Joined, Nothing, Nothing},
	{"guest", "see"}:          {All, All, Nothing, Own, Nothing, Nothing},
	{"guest", "add"}:          {All, All, Nothing, Own, Nothing, Nothing},
	{"guest", "edit"}:         {All, All, Nothing, Own, Nothing, Nothing},
	{"contact", "see"}:        {All, All, Nothing, Joined, Nothing, Nothing},
	{"contact", "edit"}:       {All, All, Nothing, Joined, Nothing, Nothing},
	{"invitation", "see"}:     {All, All, Nothing, Joined, Nothing, Nothing},
	{"selection", "see"}:      {All, All, Nothing, Joined, Nothing, Nothing},
	{"selection", "edit"}:     {All, All, Nothing, Nothing, Nothing, Nothing},
	{"selection", "decide"}:   {All, All, Nothing, Nothing, Nothing, Nothing},
	{"score", "see"}:          {All, All, Nothing, Nothing, Nothing, Nothing},
	{"score", "edit"}:         {All, All, Nothing, Nothing, Nothing, Nothing},
	{"review", "see"}:         {All, All, Nothing, Joined, Nothing, Nothing},
	{"link", "list"}:          {All, Nothing, Nothing, Nothing, Nothing, Nothing},
	{"link", "see"}:           {All, All, Nothing, Joined, Nothing, Self},
	{"link", "edit"}:          {All, All, Nothing, Joined, Nothing, Self},
	{"import", "see"}:         {All, All, Nothing, Nothing, Nothing, Nothing},
	{"import", "edit"}:        {All, All, Nothing, Nothing, Nothing, Nothing},
}

// Known says whether the table has a row for a right.
func Known(noun, action string) bool {
	_, known := rights[right{noun, action}]
	return known
}

// reach is how far a role's right goes.
func (r Role) reach(noun, action string) Reach {
	row := rights[right{noun, action}]
	for i, role := range Roles() {
		if role == r {
			return row[i]
		}
	}
	return Nothing
}
