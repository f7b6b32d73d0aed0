package cli

import (
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/service"
)

type netCommand struct {
	Status netStatus `cmd:"" help:"逐个地址问一次，看哪些网络有回应"`
}

type netStatus struct {
	Network []string `name:"network" placeholder:"NET-2" help:"只问这些网络，逗号分开：NET-1 互联网、NET-2 政务外网、NET-3 地市政务网"`
}

// Run asks the addresses; exit code 1 when none of them answers. With --addresses it needs no data folder.
func (n netStatus) Run(c *call) error {
	ask := func(s *service.Services) error {
		v, err := s.Networks.Ask(c.ctx, service.NetworkRequest{Networks: n.Network})
		if err != nil {
			return err
		}
		silent := !slices.ContainsFunc(v.Networks, func(n service.NetworkState) bool { return n.State == service.NetworkAnswers })
		if err := c.out.show(v, func(b *strings.Builder) { networks(b, v, silent) }); err != nil {
			return err
		}
		if silent {
			return errFindings
		}
		return nil
	}
	if c.tree.Addresses == "" || c.tree.Data != "" {
		return c.with(ask)
	}
	s, err := c.services()
	if err != nil {
		return err
	}
	return ask(s)
}

func networks(b *strings.Builder, v service.NetworksView, silent bool) {
	for _, n := range v.Networks {
		fmt.Fprintf(b, "%s：%s\n", n.Name, n.Word)
		for _, a := range n.Addresses {
			took := ""
			if a.Millis > 0 {
				took = fmt.Sprintf("  %d 毫秒", a.Millis)
			}
			fmt.Fprintf(b, "  %s\n", strings.TrimSpace(fmt.Sprintf("%s（%s）：%s  %s%s", a.Title, a.Key, a.Word, a.URL, took)))
		}
	}
	if silent {
		b.WriteString("问到的地址都没有回应。请检查网线和网络设置；地址可以在设置里改，或用 --addresses 指定\n")
	}
}
