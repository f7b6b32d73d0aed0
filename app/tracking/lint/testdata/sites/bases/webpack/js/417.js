(self["webpackChunkduty"]=self["webpackChunkduty"]||[]).push([[417],{417:function(e,t,n){n.r(t),n.d(t,{default:function(){return r}});var r={name:"Swap"}}}]);
