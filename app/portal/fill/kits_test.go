package fill_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/portaltest"
)

// asked is what is asked of FORM-25.
func asked(t *testing.T) []fill.Ask {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"建设方案.docx", "补充材料.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("内容"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	asks, err := fill.ParseValues([]byte(fmt.Sprintf(`{"应用名称":{"text":"示例督办"},"应用简介":{"text":"第一行\n第二行"},"预计用户数":{"text":"1200"},
		"建设层级":{"choose":"县(市、区)"},"网络环境":{"check":["政务外网","互联网"]},"建设模式":{"choose":"自主建设"},"应用领域":{"check":["数字政府","数字文化"]},
		"行政区划":{"path":["样本市","乙区","乙区二街道"]},"建设部门":{"choose":"应用推进科"},"归属目录":{"choose":"目录377号"},
		"立项日期":{"date":"2025-11-03"},"计划上线日期":{"date":"2026-12-01"},"是否统建":{"switch":true},"是否协同":{"choose":"是"},
		"建设依据":{"check":["政策文件","其他"]},"其他(请注明)":{"text":"市政府专题会议"},"建设方案":{"files":[%q]},"补充材料":{"files":[%q]},
		"业主单位>单位名称":{"text":"示例市数据中心"},"业主单位>联系电话":{"text":"13800000001"},
		"开发商信息>单位名称":{"text":"示例科技有限公司"},"开发商信息>联系电话":{"text":"13800000002"},"社会信用编码":{"text":"91330199MA0000000R"},
		"开发商联系方式":{"rows":[{"姓名":"联系人甲","电话":"13800000003"},{"姓名":"联系人乙","电话":"13800000004"}]},"备注":{"text":"无"}}`,
		filepath.Join(dir, "建设方案.docx"), filepath.Join(dir, "补充材料.pdf"))))
	if err != nil {
		t.Fatal(err)
	}
	return asks
}

// held is what the page's own model has to hold afterwards.
const held = `{"应用名称":"示例督办","应用简介":"第一行\n第二行","预计用户数":"1200","建设层级":"县(市、区)","网络环境":["互联网","政务外网"],"建设模式":"自主建设",
	"应用领域":["数字政府","数字文化"],"行政区划":["样本市","乙区","乙区二街道"],"建设部门":"应用推进科","归属目录":"目录377号","立项日期":"2025-11-03",
	"计划上线日期":"2026-12-01","是否统建":true,"是否协同":"是","建设依据":["其他","政策文件"],"其他(请注明)":"市政府专题会议","建设方案":["建设方案.docx"],
	"补充材料":["补充材料.pdf"],"业主单位>单位名称":"示例市数据中心","业主单位>联系电话":"13800000001","开发商信息>单位名称":"示例科技有限公司",
	"开发商信息>联系电话":"13800000002","社会信用编码":"91330199MA0000000R","备注":"无",
	"开发商联系方式":[{"姓名":"联系人甲","电话":"13800000003"},{"姓名":"联系人乙","电话":"13800000004"}]}`

// fillOn fills FORM-25 of a kit, and compares the page's own model with what was asked.
func fillOn(t *testing.T, kit string, seed int64, query string) {
	p := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: seed})
	page := opened(t, p.URL("/form/FORM-25?"+query))
	r, err := fill.Fill(t.Context(), page, asked(t), fill.Options{Upload: func(string, []string) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Fields {
		if !f.OK {
			t.Errorf("%+v", f)
		}
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(held), &want); err != nil {
		t.Fatal(err)
	}
	compareModel(t, p, want)
	if len(p.Finals()) > 0 || r.PressedFinal {
		t.Errorf("final buttons pressed: %v, told %v", p.Finals(), r.PressedFinal)
	}
	if len(r.Notes) > 0 || t.Failed() {
		t.Log(strings.Join(r.Notes, "; "))
	}
}

// compareModel waits for the page to have told its model.
func compareModel(t *testing.T, p *portaltest.Portal, want map[string]any) {
	var differ []string
	for range 40 {
		differ = nil
		got := p.Model("FORM-25")
		for label, value := range want {
			if g := sorted(got[label]); !reflect.DeepEqual(g, sorted(value)) {
				differ = append(differ, fmt.Sprintf("%s: %v, want %v", label, g, value))
			}
		}
		if len(differ) == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("the page's own model: %s", strings.Join(differ, "; "))
}

func sorted(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b any) int {
		x, text := a.(string)
		y, _ := b.(string)
		if !text {
			return 0
		}
		return strings.Compare(x, y)
	})
	return out
}

// TestKits fills every kind of field on every kit, as the seed dresses the page: in frames, shadow roots, steps, enlarged,
// and with a bar that covers the lower fields.
func TestKits(t *testing.T) {
	kits, seeds, queries := portaltest.Kits(), []int64{1}, []string{"", "frame=1&shadow=1", "steps=3", "zoom=1.25&sticky=1"}
	if k := os.Getenv("KIT"); k != "" {
		kits = strings.Split(k, ",")
	}
	if n := os.Getenv("SEED"); n != "" {
		seeds = nil
		for _, part := range strings.Split(n, ",") {
			var seed int64
			if _, err := fmt.Sscan(part, &seed); err != nil {
				t.Fatal(err)
			}
			seeds = append(seeds, seed)
		}
	}
	if q, given := os.LookupEnv("QUERY"); given {
		queries = strings.Split(q, ",")
	}
	for i, kit := range kits {
		for j, query := range queries {
			for _, seed := range seeds {
				seed += int64(i*len(queries) + j)
				t.Run(fmt.Sprintf("%s/%s/%d", kit, query, seed), func(t *testing.T) { fillOn(t, kit, seed, query) })
			}
		}
	}
}
