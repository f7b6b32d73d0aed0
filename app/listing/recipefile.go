package listing

// RecipeFile is what the unit uses in the place of a recipe of the program: a file that was imported, or a copy that was
// mended. It is kept as it reads; there is at most one for a recipe.
type RecipeFile struct {
	ID        string `json:"id"` // of the recipe: irs
	Version   string `json:"version"`
	FileName  string `json:"file_name"` // empty for a copy that was mended here
	Body      string `json:"body"`      // YAML
	SHA256    string `json:"sha256"`
	ChangedBy string `json:"changed_by"`
	ChangedAt string `json:"changed_at"` // RFC 3339
}

// RecordKind implements Record.
func (RecipeFile) RecordKind() RecordKind { return KindRecipe }

// RecordID implements Record.
func (f RecipeFile) RecordID() string { return f.ID }
