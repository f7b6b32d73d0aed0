package portal

import (
	"context"
	"slices"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

// Record names a record that stands behind a button of a row: the compile log of a version.
type Record struct {
	Table  recipe.Table
	Key    string // what the row holds under the table's first key: the row is found by it, never by its place
	Button string // named by the recipe for: log
}

// pressable is the button that script/row.js found, or why not; and where it is to be pressed.
type pressable struct {
	State string   `json:"state"`
	Names []string `json:"names"`
	at    spot
}

// ReadRecord presses the button of the row and returns the text of the layer that opens, which stays open: the marks that
// close it are the person's. The button has to be allowed by the recipe, for: log; a final one never is.
func ReadRecord(ctx context.Context, p *browser.Page, rules *recipe.Recipe, r Record) (string, error) {
	if !rules.Allows(r.Button, "log", r.Table.ID) {
		return "", listing.Failf(listing.CodeRefused, "请自己在浏览器里打开", "页面规则没有允许按“%s”", r.Button)
	}
	reader := &tableReader{page: p}
	frame, at, err := reader.rowButton(ctx, r)
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(at.Names, func(n string) bool { _, final := rules.Final(n); return final }); i >= 0 {
		return "", listing.Failf(listing.CodeRefused, "请自己在浏览器里打开", "“%s”也叫“%s”，程序不按这类按钮", r.Button, at.Names[i])
	}
	if err := p.Click(ctx, browser.Point{X: at.at.X, Y: at.at.Y}); err != nil {
		return "", err
	}
	return reader.opened(ctx, frame, r.Button)
}

// rowButton finds the button in the page's documents: exactly one may have it.
func (r *tableReader) rowButton(ctx context.Context, rec Record) (string, pressable, error) {
	var headers []string
	for _, c := range rec.Table.Columns {
		if !c.Optional {
			headers = append(headers, c.Header)
		}
	}
	why := pressable{State: "no row"}
	for range pressTries {
		frames, err := r.page.Frames(ctx)
		if err != nil {
			return "", why, err
		}
		for i, f := range frames {
			at, err := r.rowPlace(ctx, f.ID, headers, rec)
			switch {
			case err != nil && i == 0:
				return "", why, err
			case err == nil && at.State == "ok":
				return f.ID, at, nil
			case err == nil && at.State != "no row":
				why = at
			}
		}
		if why.State != spotMoving && why.State != spotCovered {
			break
		}
		if err := pause(ctx, pressPause); err != nil {
			return "", why, err
		}
	}
	return "", why, listing.Failf(listing.CodeRefused, "请自己在浏览器里打开“"+rec.Button+"”", "“%s”这一行的“%s”%s", rec.Key, rec.Button, whyNot(why.State))
}

// rowPlace finds the button in one document, and where it is to be pressed.
func (r *tableReader) rowPlace(ctx context.Context, frame string, headers []string, rec Record) (pressable, error) {
	found, err := call[pressable](ctx, r, frame, "row", headers, rec.Table.Key[0], rec.Key, rec.Button)
	if err != nil || found.State != "ok" {
		return found, err
	}
	if found.at, err = call[spot](ctx, r, frame, "place", true); err != nil {
		return found, err
	}
	switch found.at.State {
	case spotFree:
	case spotGone:
		found.State = spotMoving // it was drawn anew
	default:
		found.State = found.at.State
	}
	return found, nil
}

func whyNot(state string) string {
	switch state {
	case "no row":
		return "没有找到：列表里没有这一行"
	case "many rows":
		return "没有按：列表里有几行都是它，分不清"
	case "many buttons":
		return "没有按：这一行有几个这样的按钮，分不清"
	case "disabled":
		return "现在不能按"
	case "submits":
		return "没有按：它会提交表单"
	case spotMoving:
		return "没有按：它一直在移动"
	case spotCovered:
		return "没有按：它被别的内容遮住了"
	}
	return "没有找到：这一行没有这个按钮"
}

// opened waits for the text of what the click opened to come to rest.
func (r *tableReader) opened(ctx context.Context, frame, title string) (string, error) {
	words, err := currentPager()
	if err != nil {
		return "", err
	}
	last, same := "", 0
	for until := time.Now().Add(words.turn()); time.Now().Before(until); {
		now, err := call[string](ctx, r, frame, "opened", title)
		if err != nil {
			return "", err
		}
		if now == last && now != "" {
			same++
		} else {
			last, same = now, 0
		}
		if same >= emptyRounds {
			return last, nil
		}
		if err := pause(ctx, words.settle()); err != nil {
			return "", err
		}
	}
	if last != "" {
		return last, nil
	}
	return "", listing.Failf(listing.CodeUnreadable, "请自己在浏览器里看", "按了“%s”，页面上没有显示出内容", title)
}
