package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
)

// hidden stands for a secret in everything that is kept or shown.
const hidden = "（不显示）"

// fill fills the form in and keeps what the page then showed. What is not as asked stops the action.
func (r *runner) fill(ctx context.Context) error {
	return r.step(ctx, stepFill, func() (string, error) {
		asks, secrets, err := r.values(ctx)
		if err != nil {
			return "", err
		}
		result, err := r.live.Fill(ctx, r.at, r.a.Target.Form, asks, func(label string, files []string) bool { return r.mayUpload(ctx, label, files) })
		if err != nil {
			return "", err
		}
		filled := &listing.ActionFilled{At: r.stamp(), URL: r.page.URL, Title: r.page.Title, Fields: []listing.ReceiptField{}, Notes: result.Notes, PressedFinal: result.PressedFinal}
		bad, absent := []string{}, 0
		for _, f := range result.Fields {
			f = veil(f, secrets)
			filled.Fields = append(filled.Fields, listing.ReceiptField{Label: f.Label, Asked: f.Asked, Shown: f.Shown, OK: f.OK, Message: f.Message})
			switch {
			case !f.OK:
				bad = append(bad, strings.TrimSpace(f.Label+" "+f.Message))
			case f.Message != "":
				absent++
			}
		}
		filled.Picture = r.picture(ctx, "填好的表单")
		sha := ""
		if filled.Picture != nil {
			sha = filled.Picture.SHA256
		}
		for _, d := range r.formDrift(r.a.Target.Form, asks, result, sha) {
			filled.Drift = append(filled.Drift, listing.PageDrift(d))
		}
		r.a.Filled = filled
		if len(bad) > 0 {
			return fmt.Sprintf("%d 项里有 %d 项不对", len(result.Fields), len(bad)), listing.Failf(listing.CodeRefused,
				"请看填写结果，改正后再次办理", "有 %d 项没有填对：%s", len(bad), strings.Join(bad[:min(3, len(bad))], "；"))
		}
		if absent > 0 {
			return fmt.Sprintf("%d 项已填好，另 %d 项页面上没有", len(result.Fields)-absent, absent), nil
		}
		return fmt.Sprintf("%d 项都已填好", len(result.Fields)), nil
	})
}

// veil takes secrets out of a line that is kept.
func veil(f fill.Field, secrets []string) fill.Field {
	for _, s := range secrets {
		f.Asked, f.Shown, f.Message = strings.ReplaceAll(f.Asked, s, hidden), strings.ReplaceAll(f.Shown, s, hidden), strings.ReplaceAll(f.Message, s, hidden)
	}
	return f
}

// mayUpload asks before a file is chosen that is uploaded at once.
func (r *runner) mayUpload(ctx context.Context, label string, files []string) bool {
	if r.in.YesUpload {
		return true
	}
	names := []string{}
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	yes, err := r.ask(ctx, listing.ActionQuestion{ID: askUpload, Yes: "上传", No: "不上传", Files: names,
		Text: fmt.Sprintf("选定文件后会马上上传到平台：“%s” %s。现在上传吗？", label, strings.Join(names, "、"))})
	return err == nil && yes
}

// values turns what was frozen into what the filler takes, with the files laid out and the secrets fetched.
func (r *runner) values(ctx context.Context) (out []fill.Ask, secrets []string, err error) {
	rules, err := r.recipeOf(formOf(r.a.Kind))
	if err != nil {
		return nil, nil, err
	}
	form := rules.Form(formOf(r.a.Kind))
	if err := os.RemoveAll(r.files); err != nil {
		return nil, nil, unwritable(r.files, err)
	}
	for i, a := range r.a.Asks {
		a = labeled(form, a)
		ask := fill.Ask{Heading: a.Heading, Label: a.Label, Also: a.Also, Optional: a.Optional}
		switch a.As {
		case asSecret:
			secret, err := r.secret(ctx, r.a.AppID, a.Key)
			if err != nil {
				return nil, nil, err
			}
			secrets = append(secrets, secret)
			ask.Value.Text = &secret
		case "files":
			if ask.Value.Files, err = r.layOut(filepath.Join(r.files, strconv.Itoa(i)), a.Files); err != nil {
				return nil, nil, err
			}
		default:
			ask.Value, ask.CellAlso = valueOf(a), cellsAlso(form, a)
		}
		out = append(out, ask)
	}
	return out, slices.DeleteFunc(secrets, func(s string) bool { return s == "" }), nil
}

// cellsAlso are the other texts the recipe knows for the labels inside the rows of a field.
func cellsAlso(form *recipe.Form, a listing.ActionAsk) map[string][]string {
	out := map[string][]string{}
	for _, f := range form.Fields {
		if f.Label == a.Label && f.Heading == a.Heading {
			for _, c := range f.Rows {
				out[c.Label] = c.Also
			}
		}
	}
	return out
}

func valueOf(a listing.ActionAsk) (v fill.Value) {
	first := ""
	if len(a.Values) > 0 {
		first = a.Values[0]
	}
	switch a.As {
	case "choose":
		v.Choose = &first
	case "check":
		v.Check = a.Values
	case "path":
		v.Path = a.Values
	case "date":
		v.Date = &first
	case "switch":
		on := first == listing.Yes
		v.Switch = &on
	case "rows":
		v.Rows = a.Rows
	default:
		v.Text = &first
	}
	return v
}

// sendingDir is the folder of the files that pages were given, inside the data folder.
const sendingDir = "sending"

// sending is the folder of the files that the page of an action was given. It outlives the run: a page may read a file
// only when the person presses the final button, which they may do later.
func (c *core) sending(action string) string { return filepath.Join(c.DataDir, sendingDir, action) }

// layOut puts kept files into a folder under their own names, for the browser to take.
func (r *runner) layOut(dir string, files []listing.Attachment) ([]string, error) {
	blobs, err := r.Workplace.Blobs()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unwritable(dir, err)
	}
	var out []string
	for _, f := range files {
		at := filepath.Join(dir, document.SafeName(filepath.Base(f.Name)))
		if err := layBlob(blobs, f.SHA256, at); err != nil {
			return nil, err
		}
		out = append(out, at)
	}
	return out, nil
}

func layBlob(blobs listing.Blobs, sha, to string) error {
	from, err := blobs.Open(sha)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(to, err)
	}
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Close()); err != nil {
		return unwritable(to, err)
	}
	return nil
}
