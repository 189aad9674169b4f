kill 'KILL', $$;
