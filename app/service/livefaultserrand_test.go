//go:build browser && unix

package service_test

import (
	"net/url"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/service"
)

// errand is an action at a portal built with real kits, with the person played: what is pressed where, and what the
// portal then has.
type errand struct {
	kind      listing.ActionKind
	final     string
	title     string // of the form, as the program calls it while it waits for it
	ways      map[string][]portaltest.Deed
	set       func(*portaltest.Portal)
	ready     func(*desk) service.OutboxView
	had       func(*portaltest.Portal) int // how often the portal has it
	elsewhere portaltest.Sent              // how the person does it elsewhere, but for the values
}

func errands() []errand { return []errand{approval(), registration(), codeUpload(), application()} }

// home is where the portal of an errand begins.
func (e errand) home() string {
	if e.kind == listing.ActionUpload {
		return portaltest.PathMobile
	}
	return portaltest.PathHome
}

const release = "2002000001"

func releaseRow(state string) portaltest.Record {
	return portaltest.Record{"治理侧名称": subject, "应用发布ID": release, "创建时间": "2026-03-01", "更新时间": "2026-03-01", "状态": state}
}

// releasesIn counts the releases of the subject in a state.
func releasesIn(state string) func(*portaltest.Portal) int {
	return func(p *portaltest.Portal) int {
		return len(slices.DeleteFunc(p.Rows("TABLE-1"), func(r portaltest.Record) bool { return r["治理侧名称"] != subject || r["状态"] != state }))
	}
}

func opening(path string) []portaltest.Deed { return []portaltest.Deed{{Open: path}} }

func approval() errand {
	return errand{
		kind: listing.ActionApproval, final: "提交审批", title: "IRS 申请表",
		ways: map[string][]portaltest.Deed{"治理侧应用发布": opening(portaltest.PathReleases),
			"IRS 申请表": {{Open: portaltest.PathReleases}, {Press: "提交审批", Row: subject}}},
		set: func(p *portaltest.Portal) { p.SetRows("TABLE-1", []portaltest.Record{releaseRow("待发布审批")}) },
		ready: func(d *desk) service.OutboxView {
			return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
		},
		had:       releasesIn("发布审批中"),
		elsewhere: portaltest.Sent{Path: portaltest.PathApprove + "?id=" + release, Button: "提交审批", Form: "FORM-4"},
	}
}

func registration() errand {
	return errand{
		kind: listing.ActionRegister, final: "提交", title: "应用发布注册",
		ways: map[string][]portaltest.Deed{"治理侧应用发布": opening(portaltest.PathReleases), "应用发布注册": opening(portaltest.PathRegister)},
		set:  func(*portaltest.Portal) {},
		ready: func(d *desk) service.OutboxView {
			for _, task := range []string{"STEP-3.4", "STEP-3.3", "STEP-3.1"} {
				d.undo(task)
			}
			return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionRegister})
		},
		had:       releasesIn("部署准备中"),
		elsewhere: portaltest.Sent{Path: portaltest.PathRegister, Button: "提交", Form: "FORM-3"},
	}
}

func codeUpload() errand {
	return errand{
		kind: listing.ActionUpload, final: "确定", title: "上传代码",
		ways: map[string][]portaltest.Deed{"治理侧名称列表": opening(portaltest.PathHosted),
			"部署发布的线上环境": {{Open: portaltest.PathHosted}, {Press: "部署发布", Row: subject}}, "上传代码": {{Press: "上传代码"}}},
		set: func(p *portaltest.Portal) {
			p.SetRows("TABLE-1", []portaltest.Record{releaseRow("部署准备中")})
			p.SetRows("TABLE-2", []portaltest.Record{{"治理侧名称": subject, "APPID": release, "类型": "浙政钉H5"}})
		},
		ready:     (*desk).preparedUpload,
		had:       func(p *portaltest.Portal) int { return len(p.Rows("TABLE-3/测试环境@" + release)) },
		elsewhere: portaltest.Sent{Path: portaltest.PathDeploy + "?id=" + release, Dialog: "上传代码", Button: "确定", Form: "UPLOAD"},
	}
}

// component is one that asks for much, files included.
const component = "扫码登录"

func application() errand {
	form := portaltest.PathApply + "?" + url.Values{"component": {component}}.Encode()
	return errand{
		kind: listing.ActionComponent, final: "提交", title: "组件申请",
		ways: map[string][]portaltest.Deed{"组件申请": {{Open: portaltest.PathComponents}, {Press: component}}},
		set:  func(*portaltest.Portal) {},
		ready: func(d *desk) service.OutboxView {
			return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionComponent, Component: component})
		},
		had: func(p *portaltest.Portal) int {
			return len(slices.DeleteFunc(p.Rows(portaltest.Components), func(r portaltest.Record) bool { return r["组件名称"] != component }))
		},
		elsewhere: portaltest.Sent{Path: form, Button: "提交", Form: "FORM-2"},
	}
}
