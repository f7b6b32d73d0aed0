import React, { useEffect } from 'react';
import { Routes, Route, useLocation } from 'react-router-dom';
import { sendPV, setMeta } from './tracking';
import { fetchUser } from './user';
import Home from './pages/Home';
import Task from './pages/Task';

const PAGES: Record<string, { id: string; name: string }> = {
  '/': { id: 'supervise_home', name: '督办首页' },
  '/task': { id: 'supervise_task', name: '督办事项' },
};

const App: React.FC = () => {
  const { pathname } = useLocation();

  useEffect(() => {
    fetchUser()
      .then((user) => setMeta('_user_id', String(user.accountId)))
      .catch((err) => console.warn(err))
      .then(() => setMeta('_hold', 'START'));
  }, []);

  useEffect(() => {
    const page = PAGES[pathname];
    if (page) sendPV(page);
  }, [pathname]);

  return (
    <Routes>
      <Route path="/" element={<Home />} />
      <Route path="/task" element={<Task />} />
    </Routes>
  );
};

export default App;
