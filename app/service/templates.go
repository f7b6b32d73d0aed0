package service

import (
	"context"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
)

// Templates lets the unit replace any docx template by its own.
type Templates struct{ *core }

// TemplateInfo is one template.
type TemplateInfo struct {
	Material string   `json:"material"`
	Title    string   `json:"title"`
	Own      bool     `json:"own"`
	Name     string   `json:"name"`    // file name of the unit's own
	Unknown  []string `json:"unknown"` // placeholders of the unit's own that mean nothing to the program
}

// List returns every template.
func (s *Templates) List(ctx context.Context) ([]TemplateInfo, error) {
	var set listing.Settings
	err := s.view(ctx, func(r listing.Reader) (err error) {
		set, err = settings(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	blobs, err := s.Workplace.Blobs()
	if err != nil {
		return nil, err
	}
	out := []TemplateInfo{}
	for _, t := range material.Templates() {
		info := TemplateInfo{Material: t.ID, Title: t.Title, Unknown: []string{}}
		if att, ok := set.Templates[t.ID]; ok {
			info.Own, info.Name = true, att.Name
			body, err := readBlob(blobs, att.SHA256)
			if err != nil {
				return nil, err
			}
			if info.Unknown, err = material.CheckTemplate(t.ID, body); err != nil {
				return nil, err
			}
		}
		out = append(out, info)
	}
	return out, nil
}

// templateSlot is what a template must be; it is no slot of an app.
func templateSlot(title string) *forms.Slot {
	return &forms.Slot{ID: "template", Title: title + "模板", Types: []string{"docx"}, MB: 20}
}

// Set takes an uploaded .docx as the template of a material.
func (s *Templates) Set(ctx context.Context, id, token string) (TemplateInfo, error) {
	up, err := s.uploads.finished(token)
	if err != nil {
		return TemplateInfo{}, err
	}
	info, err := s.SetFile(ctx, id, up.name, up.path)
	if err == nil {
		s.uploads.drop(token)
	}
	return info, err
}

// SetFile takes a .docx of this machine as the template of a material. A template that cannot be read, or whose braces
// do not balance, is refused.
func (s *Templates) SetFile(ctx context.Context, id, name, path string) (TemplateInfo, error) {
	info := TemplateInfo{Material: id, Own: true, Name: name, Unknown: []string{}}
	for _, t := range material.Templates() {
		if t.ID == id {
			info.Title = t.Title
		}
	}
	if info.Title == "" {
		return info, listing.Failf(listing.CodeNotFound, "请在设置的“模板”里选择", "没有模板“%s”", id)
	}
	att, err := s.keep(ctx, templateSlot(info.Title), name, path)
	if err != nil {
		return info, err
	}
	blobs, err := s.Workplace.Blobs()
	if err != nil {
		return info, err
	}
	body, err := readBlob(blobs, att.SHA256)
	if err != nil {
		return info, err
	}
	if info.Unknown, err = material.CheckTemplate(id, body); err != nil {
		return info, err
	}
	return info, s.edit(ctx, "更换模板", func(set *listing.Settings) { set.Templates[id] = att })
}

// Remove brings the program's own template back.
func (s *Templates) Remove(ctx context.Context, id string) error {
	return s.edit(ctx, "恢复自带模板", func(set *listing.Settings) { delete(set.Templates, id) })
}

func (s *Templates) edit(ctx context.Context, what string, change func(*listing.Settings)) error {
	return s.change(ctx, what, "", func(w listing.Writer) error {
		set, err := settings(w)
		if err != nil {
			return err
		}
		if set.Templates == nil {
			set.Templates = map[string]listing.Attachment{}
		}
		change(&set)
		set.UpdatedAt = s.stamp()
		return w.Put(set)
	})
}
