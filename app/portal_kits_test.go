package app

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/portal/table"
)

// The commands over pages built with real kits: every field right in the page's own model, every row of the list there,
// and no final button pressed.
func TestPortalCommandsOnKits(t *testing.T) {
	for i, kit := range []string{"element-plus", "ant-design-vue-1", "antd-5"} {
		t.Run(kit, func(t *testing.T) {
			away(t)
			p := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: int64(i + 1)})
			var list table.Result
			plain(t, "portal", "read", "--table", "TABLE-1", "--url", p.URL("/list/TABLE-1"), "--all", "--headless", "--json").wants(0).json(&list)
			if rows := p.Rows("TABLE-1"); len(list.Rows) != len(rows) || list.Rows[len(rows)-1]["应用发布ID"] != rows[len(rows)-1]["应用发布ID"] {
				t.Errorf("%d rows of %d in %d pages", len(list.Rows), len(rows), list.Pages)
			}

			dir := t.TempDir()
			values, want, err := portaltest.Sample(dir)
			if err != nil {
				t.Fatal(err)
			}
			// What each kind of field takes is tested where it is filled; here the texts and the upload will do.
			maps.DeleteFunc(values, func(label string, v map[string]any) bool {
				return label == "其他(请注明)" || v["text"] == nil && label != "建设方案"
			})
			maps.DeleteFunc(want, func(label string, _ any) bool { return values[label] == nil })
			body, err := json.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			file := write(t, filepath.Join(dir, "内容.json"), string(body))
			var filled fill.Result
			plain(t, "portal", "fill", "--url", p.URL("/form/FORM-25"), "--values", file, "--headless", "--yes-upload", "--json").wants(0).json(&filled)
			got := p.Model("FORM-25")
			maps.DeleteFunc(got, func(label string, _ any) bool { _, asked := want[label]; return !asked })
			if !reflect.DeepEqual(got, want) || len(filled.Fields) != len(want) || filled.PressedFinal || len(p.Finals()) != 0 {
				t.Errorf("the page holds %v\nnot %v\nfinal buttons %v", got, want, p.Finals())
			}
			refused := plain(t, "portal", "fill", "--url", p.URL("/form/FORM-25"), "--values", file, "--headless").wants(1)
			if !strings.Contains(refused.out, "上传") {
				t.Errorf("nothing is said of the upload that was not agreed to:\n%s", refused.out)
			}
		})
	}
}
