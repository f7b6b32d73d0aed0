package service_test

import (
	"fmt"
	"slices"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func (d *desk) overview(filter service.OverviewFilter) service.OverviewView {
	d.t.Helper()
	v, err := d.Overview.Get(d.ctx, filter)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func names(rows []service.AppSummary) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Name)
	}
	return out
}

func TestOverviewOfAnEmptyUnit(t *testing.T) {
	d := openDesk(t)
	v := d.overview(service.OverviewFilter{})
	if v.Total != 0 || v.Next != nil || v.Sentence == "" || v.Apps == nil || v.Stages == nil || v.Parties == nil || v.Due == nil || v.AsOf != monday {
		t.Errorf("%+v", v)
	}
}

func TestOverviewFilters(t *testing.T) {
	d := sampleDesk(t)
	if _, err := d.Apps.Archive(d.ctx, "示例食堂", true); err != nil {
		t.Fatal(err)
	}
	all := []string{"示例会议室", "示例信访登记", "示例巡查", "示例督办", "示例驾驶舱"}
	for name, tc := range map[string]struct {
		filter service.OverviewFilter
		want   []string
	}{
		"none":       {service.OverviewFilter{}, all},
		"kind":       {service.OverviewFilter{Kind: "H5"}, []string{"示例信访登记", "示例督办"}},
		"party":      {service.OverviewFilter{Party: "vendor"}, []string{"示例巡查"}},
		"platform":   {service.OverviewFilter{Party: "platform"}, []string{"示例会议室"}},
		"stage":      {service.OverviewFilter{Stage: "release"}, []string{"示例会议室", "示例督办", "示例驾驶舱"}},
		"region":     {service.OverviewFilter{Region: "杭州"}, all},
		"elsewhere":  {service.OverviewFilter{Region: "宁波"}, []string{}},
		"name":       {service.OverviewFilter{Query: "督"}, []string{"示例督办"}},
		"identifier": {service.OverviewFilter{Query: "slxc"}, []string{"示例巡查"}},
		"two":        {service.OverviewFilter{Kind: "H5", Party: "owner"}, []string{"示例督办"}},
		"nothing":    {service.OverviewFilter{Query: "没有"}, []string{}},
		"archived":   {service.OverviewFilter{Archived: true}, []string{"示例食堂"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := d.overview(tc.filter)
			if got := names(v.Apps); !slices.Equal(got, tc.want) {
				t.Errorf("%v, want %v", got, tc.want)
			}
			if want := map[bool]int{false: 5, true: 1}[tc.filter.Archived]; v.Total != want {
				t.Errorf("total %d, want %d", v.Total, want)
			}
		})
	}
}

func TestOverviewCounts(t *testing.T) {
	d := sampleDesk(t)
	v := d.overview(service.OverviewFilter{})
	stages, parties := map[string]int{}, map[string]int{}
	for _, c := range v.Stages {
		stages[c.ID] = c.Count
	}
	for _, c := range v.Parties {
		parties[c.ID] = c.Count
	}
	if got := fmt.Sprint(stages); got != "map[assessment:1 open-platform:2 release:3]" {
		t.Errorf("stages %s", got)
	}
	if got := fmt.Sprint(parties); got != "map[owner:3 platform:1 vendor:1]" {
		t.Errorf("parties %s", got)
	}
	if v.Next == nil || v.Next.AppName != "示例驾驶舱" || v.Next.Task != "STEP-3.4" {
		t.Errorf("next %+v", v.Next)
	}
	// 示例会议室 waits for the acceptance (WAIT-5): submitted on Thursday 26 February, five working days, the fifth on
	// Wednesday 4 March. 示例巡查's components are reviewed without a limit (WAIT-4): nothing is due.
	if len(v.Due) != 1 || v.Due[0].AppName != "示例会议室" || v.Due[0].WaitID != "WAIT-5" || v.Due[0].Due[:10] != "2026-03-04" || v.Due[0].Overdue {
		t.Errorf("due %+v", v.Due)
	}
	d.now = d.now.AddDate(0, 0, 4)
	if v = d.overview(service.OverviewFilter{}); len(v.Due) != 1 || !v.Due[0].Overdue {
		t.Errorf("four days later: %+v", v.Due)
	}
}

// The lists of the apps and the overview tell the same.
func TestListIsTheOverview(t *testing.T) {
	d := sampleDesk(t)
	rows, err := d.Apps.List(d.ctx, false)
	if err != nil || !slices.Equal(rows, d.overview(service.OverviewFilter{}).Apps) {
		t.Errorf("%v, %v", names(rows), err)
	}
	for _, r := range rows {
		report, err := d.Checks.Precheck(d.ctx, r.ID)
		if err != nil || report.Errors != r.Errors || report.Warnings != r.Warnings || report.Undecided != r.Undecided {
			t.Errorf("%s: the row says %d, %d, %d; precheck %d, %d, %d (%v)", r.Name, r.Errors, r.Warnings, r.Undecided,
				report.Errors, report.Warnings, report.Undecided, err)
		}
	}
}

// An app that was never started asks for nothing, but is seen.
func TestAppThatIsNotStarted(t *testing.T) {
	d := openDesk(t)
	d.app("示例督办", listing.KindH5)
	v := d.overview(service.OverviewFilter{})
	if len(v.Apps) != 1 || v.Apps[0].Status != listing.StatusNotStarted || v.Apps[0].Started || v.Apps[0].Settled != 0 || v.Next != nil {
		t.Errorf("%+v, next %+v", v.Apps, v.Next)
	}
}

func BenchmarkOverviewOf200Apps(b *testing.B) {
	d := sampleDesk(b)
	for i := range 194 {
		a, err := d.Apps.CopyFrom(b.Context(), "示例督办", fmt.Sprintf("应用 %03d", i))
		if err != nil {
			b.Fatal(err)
		}
		d.set(a.ID, fmt.Sprintf("identifier=app_%03d", i))
		if _, err := d.Cases.Start(b.Context(), a.ID, ""); err != nil {
			b.Fatal(err)
		}
		d.acts(a.ID, "STEP-1.1 submit")
	}
	for b.Loop() {
		if v := d.overview(service.OverviewFilter{}); v.Total != 200 {
			b.Fatal(v.Total)
		}
	}
}
