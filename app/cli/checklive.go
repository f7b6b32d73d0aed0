package cli

import (
	"strings"

	"shangjiatong/app/service"
)

type checkLiveCommand struct {
	Target string `arg:"" name:"网址或文件夹" help:"运行中的应用的网址；或打包后的文件夹、压缩包，由程序在本机打开"`
	subjectFlags
	Device      string `name:"device" placeholder:"pc,android,ios" help:"装作哪些设备，逗号分开；默认全部"`
	Login       string `name:"login" placeholder:"ok,fail,slow,never" help:"模拟登录成功、失败、很慢、没有回音，逗号分开；默认 ok,fail"`
	LoginReply  string `name:"login-reply" placeholder:"文件" help:"应用后端的真实回答（JSON），{account} 处填模拟的 accountId；默认由程序猜"`
	Visible     bool   `name:"visible" help:"显示浏览器窗口"`
	RealNetwork bool   `name:"real-network" help:"让埋点请求真的发出去，检查服务器的回答；此时不模拟用户"`
}

// Run opens the application in a browser and judges its tracking code; exit code 1 when something has to be put right.
func (k checkLiveCommand) Run(c *call) error {
	about, err := k.subject()
	if err != nil {
		return err
	}
	play := service.LivePlay{Devices: commaList(k.Device), Logins: commaList(k.Login), Visible: k.Visible, RealNetwork: k.RealNetwork}
	if k.LoginReply != "" {
		raw, err := readInput(k.LoginReply)
		if err != nil {
			return err
		}
		play.Reply = string(raw)
	}
	return c.about(about, func(s *service.Services) error {
		r, err := s.Tracking.CheckLiveTarget(c.ctx, about, k.Target, play)
		if err != nil {
			return err
		}
		return c.judged(r)
	})
}

// commaList splits a flag at its commas.
func commaList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}
