import{_ as e}from"./track-Aa1.js";const t={name:"Detail"};const r=e(t,[["render",function(){return"article"}]]);export{r as default};
