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

// wanted is what is asked of FORM-25, and what the page's own model has to hold afterwards.
func wanted(t *testing.T) (values string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"建设方案.docx", "补充材料.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("内容"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf(`{"应用名称":{"text":"示例督办"},"应用简介":{"text":"第一行\n第二行"},"预计用户数":{"text":"1200"},"建设层级":{"choose":"县(市、区)"},
		"网络环境":{"check":["政务外网","互联网"]},"建设模式":{"choose":"自主建设"},"应用领域":{"check":["数字政府","数字文化"]},
		"行政区划":{"path":["样本市","乙区","乙区二街道"]},"建设部门":{"choose":"%s"},"归属目录":{"choose":"目录377号"},
		"立项日期":{"date":"2025-11-03"},"计划上线日期":{"date":"2026-12-01"},"是否统建":{"switch":true},"是否协同":{"choose":"是"},
		"建设依据":{"check":["政策文件","其他"]},"其他(请注明)":{"text":"市政府专题会议"},"建设方案":{"files":[%q]},"补充材料":{"files":[%q]},
		"业主单位>单位名称":{"text":"示例市数据中心"},"业主单位>联系电话":{"text":"13800000001"},
		"开发商信息>单位名称":{"text":"示例科技有限公司"},"开发商信息>联系电话":{"text":"13800000002"},"社会信用编码":{"text":"91330199MA0000000R"},
		"开发商联系方式":{"rows":[{"姓名":"联系人甲","电话":"13800000003"},{"姓名":"联系人乙","电话":"13800000004"}]},"备注":{"text":"无"}}`,
		"应用推进科", filepath.Join(dir, "建设方案.docx"), filepath.Join(dir, "补充材料.pdf"))
}

func TestKits(t *testing.T) {
	kits := portaltest.Kits()
	if k := os.Getenv("KIT"); k != "" {
		kits = strings.Split(k, ",")
	}
	var seed int64 = 1
	fmt.Sscan(os.Getenv("SEED"), &seed)
	for _, kit := range kits {
		t.Run(kit, func(t *testing.T) {
			p := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: seed})
			asks, err := fill.ParseValues([]byte(wanted(t)))
			if err != nil {
				t.Fatal(err)
			}
			if only := os.Getenv("ONLY"); only != "" {
				asks = slices.DeleteFunc(asks, func(a fill.Ask) bool { return !slices.Contains(strings.Split(only, ","), a.Label) })
			}
			page := opened(t, p.URL("/form/FORM-25"))
			time.Sleep(800 * time.Millisecond)
			began := time.Now()
			r, err := fill.Fill(t.Context(), page, asks, fill.Options{Upload: func(string, []string) bool { return true }})
			if err != nil {
				t.Fatal(err)
			}
			t.Log("took", time.Since(began), r.Notes, r.PressedFinal, p.Finals())
			for _, f := range r.Fields {
				if !f.OK {
					t.Errorf("%+v", f)
				}
			}
			time.Sleep(300 * time.Millisecond)
			raw, _ := json.Marshal(p.Model("FORM-25"))
			t.Log(string(raw))
			if pic, err := page.Screenshot(t.Context()); err == nil {
				os.WriteFile("/tmp/engine-"+kit+".png", pic, 0o600)
			}
			_ = reflect.DeepEqual
		})
	}
}
