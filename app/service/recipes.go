package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/store"
)

// Recipes shows what is known of the portals' pages (页面规则), and lets a person put it right.
type Recipes struct{ *core }

// maxRecipe is the largest recipe file read, in bytes; package recipe has a limit of its own.
const maxRecipe = 1 << 20

// RecipeInfo is one recipe.
type RecipeInfo struct {
	ID              string        `json:"id"`
	Title           string        `json:"title"`
	Version         string        `json:"version"`
	Source          string        `json:"source"`
	Date            string        `json:"date"`
	Own             bool          `json:"own"`              // imported or mended by the unit
	EmbeddedVersion string        `json:"embedded_version"` // of the one the program brings; empty when it brings none
	FileName        string        `json:"file_name"`
	ChangedBy       string        `json:"changed_by"`
	ChangedAt       string        `json:"changed_at"`
	Unused          string        `json:"unused"` // why an own one is not in effect; empty otherwise
	Tables          []RecipeTable `json:"tables"`
	Forms           []RecipeForm  `json:"forms"`
}

// RecipeTable is a table that a recipe describes.
type RecipeTable struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Columns []string `json:"columns"`
	// Compared says that its rows are applications, which sync compares with those that stand here.
	Compared bool `json:"compared"`
}

// RecipeForm is a form that a recipe describes.
type RecipeForm struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ownRecipes remembers the recipes in effect, so that they can be had inside a transaction too. What it holds is of one
// opened database: another one is read anew.
type ownRecipes struct {
	mu  sync.Mutex
	of  *store.DB
	all []recipe.Recipe
}

func (o *ownRecipes) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = nil
}

// recipes returns the recipes in effect: each the unit's own where that is newer than the program's.
func (c *core) recipes() ([]recipe.Recipe, error) {
	db, err := c.Workplace.open()
	if err != nil && listing.CodeOf(err) != listing.CodeNotFound {
		return nil, err
	}
	c.own.mu.Lock()
	defer c.own.mu.Unlock()
	if c.own.all != nil && c.own.of == db {
		return c.own.all, nil
	}
	all, err := recipe.Embedded()
	if err != nil {
		return nil, err
	}
	var files []listing.RecipeFile
	err = c.maybe(context.Background(), func(r listing.Reader) (err error) {
		if r != nil {
			files, err = listing.All[listing.RecipeFile](r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if own, why := c.effective(all, f); why == "" {
			all = append(slices.DeleteFunc(all, func(r recipe.Recipe) bool { return r.ID == own.ID }), *own)
		}
	}
	c.own.of, c.own.all = db, all
	return all, nil
}

// effective reads an own recipe, or says why it is not in effect.
func (c *core) effective(embedded []recipe.Recipe, f listing.RecipeFile) (own *recipe.Recipe, why string) {
	own, err := recipe.Parse(f.ID, []byte(f.Body))
	if err != nil {
		if c.Log != nil {
			c.Log.Warn("own recipe left out", "recipe", f.ID, "error", err)
		}
		return nil, "这一版程序读不了这份页面规则"
	}
	if ours := recipe.Find(embedded, f.ID); ours != nil && !recipe.Newer(own.Version, ours.Version) {
		return nil, "程序自带的已经是 " + ours.Version + "，不比 " + own.Version + " 旧"
	}
	return own, ""
}

// recipe returns the recipe with an ID that is in effect.
func (c *core) recipe(id string) (*recipe.Recipe, error) {
	all, err := c.recipes()
	if err != nil {
		return nil, err
	}
	if r := recipe.Find(all, id); r != nil {
		return r, nil
	}
	var ids []string
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	return nil, listing.Failf(listing.CodeNotFound, "现有的页面规则："+strings.Join(ids, "、"), "没有页面规则“%s”", id)
}

// List lists the recipes.
func (s *Recipes) List(ctx context.Context) ([]RecipeInfo, error) {
	all, err := s.recipes()
	if err != nil {
		return nil, err
	}
	embedded, err := recipe.Embedded()
	if err != nil {
		return nil, err
	}
	own := map[string]listing.RecipeFile{}
	err = s.maybe(ctx, func(r listing.Reader) error {
		if r == nil {
			return nil
		}
		files, err := listing.All[listing.RecipeFile](r)
		for _, f := range files {
			own[f.ID] = f
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := []RecipeInfo{}
	for _, r := range all {
		out = append(out, s.info(r, embedded, own))
	}
	slices.SortFunc(out, func(a, b RecipeInfo) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

func (s *Recipes) info(r recipe.Recipe, embedded []recipe.Recipe, own map[string]listing.RecipeFile) RecipeInfo {
	out := RecipeInfo{ID: r.ID, Title: r.Title, Version: r.Version, Source: r.Source, Date: r.Date, Tables: []RecipeTable{}, Forms: []RecipeForm{}}
	if ours := recipe.Find(embedded, r.ID); ours != nil {
		out.EmbeddedVersion = ours.Version
	}
	if f, there := own[r.ID]; there {
		_, out.Unused = s.effective(embedded, f)
		out.Own = out.Unused == ""
		out.FileName, out.ChangedBy, out.ChangedAt = f.FileName, f.ChangedBy, f.ChangedAt
	}
	for _, t := range r.Tables {
		id, _, _ := strings.Cut(t.ID, "/")
		table := RecipeTable{ID: t.ID, Title: t.Title, Columns: []string{}, Compared: s.forms.Table(id) != nil}
		for _, c := range t.Columns {
			table.Columns = append(table.Columns, c.Header)
		}
		out.Tables = append(out.Tables, table)
	}
	for _, f := range r.Forms {
		out.Forms = append(out.Forms, RecipeForm{ID: f.ID, Title: f.Title})
	}
	return out
}

// one returns what List says of one recipe; a recipe that is gone is only its ID.
func (s *Recipes) one(ctx context.Context, id string) (RecipeInfo, error) {
	all, err := s.List(ctx)
	if err != nil {
		return RecipeInfo{}, err
	}
	if i := slices.IndexFunc(all, func(r RecipeInfo) bool { return r.ID == id }); i >= 0 {
		return all[i], nil
	}
	return RecipeInfo{ID: id, Tables: []RecipeTable{}, Forms: []RecipeForm{}}, nil
}

// Show returns the recipe in effect as a file reads, ready to be changed and imported.
func (s *Recipes) Show(_ context.Context, id string) (string, error) {
	r, err := s.recipe(id)
	if err != nil {
		return "", err
	}
	raw, err := recipe.Marshal(*r)
	return string(raw), err
}

// Import takes an uploaded recipe; see ImportFile.
func (s *Recipes) Import(ctx context.Context, upload, sum string) (RecipeInfo, error) {
	up, err := s.uploads.finished(upload)
	if err != nil {
		return RecipeInfo{}, err
	}
	info, err := s.ImportFile(ctx, ProofFile{Name: up.name, Path: up.path}, sum)
	if err == nil {
		s.uploads.drop(upload)
	}
	return info, err
}

// ImportFile takes a recipe (the format of package recipe) in the place of the one with the same ID, which must be older.
// Its SHA-256 must be known, as for Calendar.ImportFile.
func (s *Recipes) ImportFile(ctx context.Context, file ProofFile, sum string) (RecipeInfo, error) {
	raw, err := readWhole(file, maxRecipe)
	if err != nil {
		return RecipeInfo{}, err
	}
	body, err := checked(raw, sum)
	if err != nil {
		return RecipeInfo{}, err
	}
	r, err := recipe.Parse(file.Name, body)
	if err != nil {
		return RecipeInfo{}, err
	}
	all, err := s.recipes()
	if err != nil {
		return RecipeInfo{}, err
	}
	if now := recipe.Find(all, r.ID); now != nil && !recipe.Newer(r.Version, now.Version) {
		return RecipeInfo{}, listing.Failf(listing.CodeConflict, "要改动的，把 version 写成更晚的日期", "文件的版本 %s 不比现在用的 %s 新", r.Version, now.Version)
	}
	return s.keepRecipe(ctx, "导入页面规则 "+r.ID, *r, file.Name, body)
}

// keepRecipe stores an own recipe.
func (s *Recipes) keepRecipe(ctx context.Context, what string, r recipe.Recipe, name string, body []byte) (RecipeInfo, error) {
	by, err := s.operator(ctx)
	if err != nil {
		return RecipeInfo{}, err
	}
	digest := sha256.Sum256(body)
	rec := listing.RecipeFile{ID: r.ID, Version: r.Version, FileName: name, Body: string(body), SHA256: hex.EncodeToString(digest[:]), ChangedBy: by, ChangedAt: s.stamp()}
	err = s.change(ctx, what, "", func(w listing.Writer) error { return w.Put(rec) })
	s.own.forget()
	if err != nil {
		return RecipeInfo{}, err
	}
	return s.one(ctx, r.ID)
}

// Mend changes one line of a recipe as a drift names it (irs tables[TABLE-1].columns[状态].also), and keeps the copy as
// the unit's own.
func (s *Recipes) Mend(ctx context.Context, line, value string) (RecipeInfo, error) {
	id, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	r, err := s.recipe(id)
	if err != nil {
		return RecipeInfo{}, err
	}
	mended, err := recipe.Mend(*r, rest, value, s.now())
	if err != nil {
		return RecipeInfo{}, err
	}
	body, err := recipe.Marshal(mended)
	if err != nil {
		return RecipeInfo{}, err
	}
	return s.keepRecipe(ctx, "修改页面规则 "+id, mended, "", body)
}

// Reset forgets the unit's own recipe; the program's counts again.
func (s *Recipes) Reset(ctx context.Context, id string) (RecipeInfo, error) {
	err := s.change(ctx, "改回自带的页面规则 "+id, "", func(w listing.Writer) error {
		if _, err := listing.Load[listing.RecipeFile](w, id); err != nil {
			if listing.CodeOf(err) == listing.CodeNotFound {
				return listing.Failf(listing.CodeNotFound, "现在用的就是程序自带的，不用改回", "页面规则“%s”没有导入或修改过", id)
			}
			return err
		}
		return w.Delete(listing.KindRecipe, id)
	})
	s.own.forget()
	if err != nil {
		return RecipeInfo{}, err
	}
	return s.one(ctx, id)
}
